package org.rankgrid.allocators.masks;

/** The mask of one layer, and the rank it stands for, as functions of parameters that are trained. */
public interface RankMask {

    /** The expected rank, a real number. */
    double rank(double[] parameters);

    /** The mask that the model runs with, K values; it may differ from the one that {@link #pullBack} differentiates. */
    float[] forward(double[] parameters);

    /**
     * The gradient with respect to the parameters.
     *
     * @param maskGradient derivative of the loss with respect to the mask, K values
     * @param rankGradient derivative of the penalties with respect to the expected rank
     */
    double[] pullBack(double[] parameters, double[] maskGradient, double rankGradient);
}
