package org.rankgrid.model.decoder;

/** How the position of a token enters the decoder. */
public sealed interface PositionSpec {

    /**
     * Queries and keys are rotated, in pairs of features that lie half of the rotated features apart.
     *
     * @param base the longest wavelength over 2 pi, before scaling (rope_theta)
     * @param features how many features of each head are rotated, even
     * @param scaling what stretches the wavelengths
     */
    record Rotary(double base, int features, RotaryScaling scaling) implements PositionSpec {

        /** Checks the number of features. */
        public Rotary {
            if (features < 2 || features % 2 != 0 || !(base > 0)) {
                throw new IllegalArgumentException("rotary base " + base + " over " + features + " features");
            }
        }
    }

    /**
     * A learned vector is added to the embedding.
     *
     * @param offset row of the table that belongs to position 0
     * @param count rows of the table
     */
    record Learned(int offset, int count) implements PositionSpec {

        /** Checks that there is a position. */
        public Learned {
            if (offset < 0 || count <= offset) {
                throw new IllegalArgumentException(count + " positions from " + offset);
            }
        }
    }
}
