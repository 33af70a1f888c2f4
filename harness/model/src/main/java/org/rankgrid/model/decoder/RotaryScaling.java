package org.rankgrid.model.decoder;

import java.util.List;

/** What stretches the wavelengths of rotary positions beyond those a model was first trained with. */
public sealed interface RotaryScaling {

    /** Nothing does. */
    record None() implements RotaryScaling {}

    /** All wavelengths grow by the factor. */
    record Linear(double factor) implements RotaryScaling {}

    /**
     * Long wavelengths grow by the factor, short ones stay, those between are interpolated (Llama 3.1).
     *
     * @param factor growth of the long wavelengths
     * @param lowFrequency wavelengths past originalPositions / lowFrequency are long
     * @param highFrequency wavelengths below originalPositions / highFrequency are short
     * @param originalPositions positions of the first training
     */
    record Llama3(double factor, double lowFrequency, double highFrequency, int originalPositions)
            implements RotaryScaling {}

    /**
     * YaRN (arXiv 2309.00071): frequencies between two numbers of rotations over the original positions are interpolated.
     *
     * @param factor growth of the long wavelengths
     * @param betaFast rotations above which a frequency stays
     * @param betaSlow rotations below which a frequency shrinks by the factor
     * @param originalPositions positions of the first training
     * @param attentionFactor factor on cosine and sine
     * @param truncate whether the ends of the ramp are rounded outwards to whole pairs
     */
    record Yarn(
            double factor,
            double betaFast,
            double betaSlow,
            int originalPositions,
            double attentionFactor,
            boolean truncate)
            implements RotaryScaling {}

    /** Each frequency is divided by a factor of its own (the tensor {@code rope_freqs} of GGUF files). */
    record PerFrequency(List<Float> factors) implements RotaryScaling {

        /** Copies the list. */
        public PerFrequency {
            factors = List.copyOf(factors);
        }
    }
}
