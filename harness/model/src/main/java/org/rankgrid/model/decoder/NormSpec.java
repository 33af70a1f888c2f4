package org.rankgrid.model.decoder;

/**
 * The norms of the residual stream.
 *
 * @param kind how they normalise
 * @param epsilon added to the mean square or the variance
 * @param offset added to the stored weights, 1 in the Gemma family, else 0
 * @param placement where a block has them
 */
public record NormSpec(Kind kind, double epsilon, float offset, Placement placement) {

    /** How a norm normalises. */
    public enum Kind {
        /** By the root mean square, with a weight. */
        RMS,
        /** By mean and variance, with weight and bias. */
        LAYER
    }

    /** Where a block has norms. */
    public enum Placement {
        /** On what a sublayer reads. */
        BEFORE,
        /** On what a sublayer gives, before it is added to the stream. */
        AFTER,
        /** On both sides of a sublayer. */
        BOTH
    }

    /** Norms before each sublayer, weights as stored. */
    public static NormSpec before(Kind kind, double epsilon) {
        return new NormSpec(kind, epsilon, 0, Placement.BEFORE);
    }
}
