package org.rankgrid.allocators.components;

import java.util.List;
import java.util.Locale;
import org.rankgrid.spi.allocate.ComponentGradient;

/** Estimates of the curvature of the loss along the mask of a component (ALGORITHMS D.14), all summed over tokens. */
public enum ComponentScore {
    /** The mean of the next two. D.14 has their sum: the same ranks, but not the same scale beside first-order terms. */
    SEQUENCES_AND_TOKENS {
        @Override
        double of(ComponentGradient gradient, int j) {
            return (SEQUENCES.of(gradient, j) + TOKENS.of(gradient, j)) / 2;
        }
    },
    /** Squared mask gradients of whole sequences. */
    SEQUENCES {
        @Override
        double of(ComponentGradient gradient, int j) {
            return gradient.squaredSequenceProducts()[j];
        }
    },
    /** Squared mask gradients of single tokens. */
    TOKENS {
        @Override
        double of(ComponentGradient gradient, int j) {
            return gradient.squaredProducts()[j];
        }
    },
    /** K-FAC: the product of the mean squared value and the mean squared gradient, times the number of tokens. */
    KFAC {
        @Override
        double of(ComponentGradient gradient, int j) {
            return gradient.valueSquares()[j] / gradient.tokens() * gradient.gradientSquares()[j];
        }
    };

    /** The names as options have them, the default first. */
    public static List<String> names() {
        return List.of("kfac", "sequences-and-tokens", "sequences", "tokens");
    }

    /** The score of a name. */
    public static ComponentScore named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The scores of all components of a layer. */
    public double[] of(ComponentGradient gradient) {
        double[] scores = new double[gradient.products().length];
        for (int j = 0; j < scores.length; j++) {
            scores[j] = of(gradient, j);
        }
        return scores;
    }

    abstract double of(ComponentGradient gradient, int j);
}
