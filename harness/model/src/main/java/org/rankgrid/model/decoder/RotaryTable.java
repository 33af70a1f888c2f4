package org.rankgrid.model.decoder;

import org.rankgrid.model.decoder.PositionSpec.Rotary;

/**
 * Cosines and sines of rotary positions. Frequencies and angles are rounded to 32 bits where Hugging Face transformers
 * ({@code modeling_rope_utils}) rounds them, as models are trained and published with those.
 *
 * @param positions rows
 * @param pairs r, columns: rotated features over two
 * @param cosine positions by r, row-major
 * @param sine positions by r, row-major
 */
public record RotaryTable(int positions, int pairs, float[] cosine, float[] sine) {

    private static final float TWO_PI = (float) (2 * Math.PI);

    /** The table of the first positions. */
    public static RotaryTable of(Rotary rotary, int positions) {
        float[] frequencies = inverseFrequencies(rotary);
        int pairs = frequencies.length;
        float factor = rotary.scaling() instanceof RotaryScaling.Yarn yarn ? (float) yarn.attentionFactor() : 1;
        float[] cosine = new float[Math.multiplyExact(positions, pairs)];
        float[] sine = new float[cosine.length];
        for (int p = 0; p < positions; p++) {
            for (int i = 0; i < pairs; i++) {
                float angle = p * frequencies[i];
                cosine[p * pairs + i] = (float) Math.cos(angle) * factor;
                sine[p * pairs + i] = (float) Math.sin(angle) * factor;
            }
        }
        return new RotaryTable(positions, pairs, cosine, sine);
    }

    /** The angle by which each pair turns from one position to the next. */
    static float[] inverseFrequencies(Rotary rotary) {
        float[] plain = new float[rotary.features() / 2];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = 1 / power(rotary, i);
        }
        return switch (rotary.scaling()) {
            case RotaryScaling.None() -> plain;
            case RotaryScaling.Linear linear -> divided(plain, (float) linear.factor());
            case RotaryScaling.Llama3 llama3 -> llama3(plain, llama3);
            case RotaryScaling.Yarn yarn -> yarn(rotary, yarn);
            case RotaryScaling.PerFrequency perFrequency -> {
                for (int i = 0; i < plain.length; i++) {
                    plain[i] /= perFrequency.factors().get(i);
                }
                yield plain;
            }
        };
    }

    private static float power(Rotary rotary, int pair) {
        return (float) Math.pow((float) rotary.base(), 2 * pair / (float) rotary.features());
    }

    private static float[] divided(float[] frequencies, float factor) {
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] /= factor;
        }
        return frequencies;
    }

    private static float[] llama3(float[] frequencies, RotaryScaling.Llama3 scaling) {
        float factor = (float) scaling.factor();
        float longest = (float) (scaling.originalPositions() / scaling.lowFrequency());
        float shortest = (float) (scaling.originalPositions() / scaling.highFrequency());
        for (int i = 0; i < frequencies.length; i++) {
            float plain = frequencies[i];
            float wavelength = TWO_PI / plain;
            if (wavelength > longest) {
                frequencies[i] = plain / factor;
            } else if (wavelength >= shortest) {
                float smooth = (scaling.originalPositions() / wavelength - (float) scaling.lowFrequency())
                        / (float) (scaling.highFrequency() - scaling.lowFrequency());
                frequencies[i] = (1 - smooth) * plain / factor + smooth * plain;
            }
        }
        return frequencies;
    }

    private static float[] yarn(Rotary rotary, RotaryScaling.Yarn scaling) {
        double low = pairAt(scaling.betaFast(), rotary, scaling);
        double high = pairAt(scaling.betaSlow(), rotary, scaling);
        if (scaling.truncate()) {
            low = Math.floor(low);
            high = Math.ceil(high);
        }
        low = Math.max(low, 0);
        high = Math.min(high, rotary.features() - 1);
        if (low == high) {
            high += 0.001;
        }
        float[] frequencies = new float[rotary.features() / 2];
        for (int i = 0; i < frequencies.length; i++) {
            float power = power(rotary, i);
            float extrapolated = 1 / power;
            float interpolated = 1 / ((float) scaling.factor() * power);
            float stay = 1 - Math.clamp((i - (float) low) / (float) (high - low), 0f, 1f);
            frequencies[i] = interpolated * (1 - stay) + extrapolated * stay;
        }
        return frequencies;
    }

    /** The pair, as a real number, that turns the given number of times over the original positions. */
    private static double pairAt(double rotations, Rotary rotary, RotaryScaling.Yarn scaling) {
        return rotary.features()
                * Math.log(scaling.originalPositions() / (rotations * 2 * Math.PI))
                / (2 * Math.log(rotary.base()));
    }
}
