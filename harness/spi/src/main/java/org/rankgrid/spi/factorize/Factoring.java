package org.rankgrid.spi.factorize;

import org.rankgrid.spi.compute.MomentValues;
import org.rankgrid.spi.rank.Layer;

/**
 * One layer to be decomposed.
 *
 * @param layer its shape, m by n
 * @param weight W, m by n, row-major
 * @param moments of the layer's input over the calibration tokens; empty arrays where the factorization did not ask
 * @param weightGradients for each input feature c the sum over sequences and rows of (dl/dW)^2 in column c, l the mean
 *     next-token loss of the sequence, n values; how many sequences is the same for all layers of a model; empty where the
 *     factorization did not ask
 */
public record Factoring(Layer layer, double[] weight, MomentValues moments, double[] weightGradients) {

    /** A layer without gradients. */
    public Factoring(Layer layer, double[] weight, MomentValues moments) {
        this(layer, weight, moments, new double[0]);
    }
}
