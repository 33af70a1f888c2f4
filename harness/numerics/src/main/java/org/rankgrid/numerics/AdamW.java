package org.rankgrid.numerics;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101, Algorithm 2, without a schedule): first and
 * second moments of the gradient with bias correction, and a decay that does not pass through them. An instance holds the
 * moments of one array of parameters. Not safe for use by several threads.
 */
public final class AdamW {

    /**
     * What does not change during a training.
     *
     * @param learningRate alpha, at least 0
     * @param beta1 decay of the first moment, in [0, 1)
     * @param beta2 decay of the second moment, in [0, 1)
     * @param epsilon added to the root of the second moment, above 0
     * @param weightDecay lambda, multiplied by the learning rate at each step, at least 0
     */
    public record Settings(double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {

        /** Checks the ranges. */
        public Settings {
            if (!(learningRate >= 0 && learningRate < Double.POSITIVE_INFINITY)
                    || !(beta1 >= 0 && beta1 < 1)
                    || !(beta2 >= 0 && beta2 < 1)
                    || !(epsilon > 0)
                    || !(weightDecay >= 0)) {
                throw new IllegalArgumentException("learning rate " + learningRate + ", betas " + beta1 + " and "
                        + beta2 + ", epsilon " + epsilon + ", weight decay " + weightDecay);
            }
        }

        /** Betas 0.9 and 0.999, epsilon 1e-8, no weight decay. */
        public static Settings of(double learningRate) {
            return new Settings(learningRate, 0.9, 0.999, 1e-8, 0);
        }
    }

    private final Settings settings;
    private final double[] first;
    private final double[] second;
    private double beta1Power = 1;
    private double beta2Power = 1;

    /** An optimiser of so many parameters, before its first step. */
    public AdamW(int parameters, Settings settings) {
        this.settings = settings;
        this.first = new double[parameters];
        this.second = new double[parameters];
    }

    /**
     * Moves the parameters by one step down the gradient, in place. Nothing changes if the gradient is refused.
     *
     * @throws IllegalArgumentException if the sizes differ from the optimiser's, or a gradient is not finite
     */
    public void step(double[] parameters, double[] gradient) {
        if (parameters.length != first.length || gradient.length != first.length) {
            throw new IllegalArgumentException(parameters.length + " parameters and " + gradient.length
                    + " gradients for an optimiser of " + first.length);
        }
        for (int i = 0; i < gradient.length; i++) {
            if (!Double.isFinite(gradient[i])) {
                throw new IllegalArgumentException("gradient " + i + " is " + gradient[i]);
            }
        }
        beta1Power *= settings.beta1;
        beta2Power *= settings.beta2;
        for (int i = 0; i < parameters.length; i++) {
            first[i] = settings.beta1 * first[i] + (1 - settings.beta1) * gradient[i];
            second[i] = settings.beta2 * second[i] + (1 - settings.beta2) * gradient[i] * gradient[i];
            double mean = first[i] / (1 - beta1Power);
            double root = Math.sqrt(second[i] / (1 - beta2Power));
            double decay = settings.weightDecay * parameters[i];
            parameters[i] -= settings.learningRate * (mean / (root + settings.epsilon) + decay);
        }
    }
}
