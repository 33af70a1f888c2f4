package org.rankgrid.spi.allocate;

import org.rankgrid.spi.rank.Sublayer;

/**
 * What the engine measured on the calibration text with the dense model. Only what the allocator declared in
 * {@link Allocator#needs} may be asked for.
 */
public interface Statistics {

    /**
     * The spectrum of layer i under the cell's factorization: squared singular values, descending, min(m, n) of them; for
     * whitened factorizations the eigenvalues of the output Gram matrix, summed over tokens.
     *
     * @throws IllegalStateException if {@link Need#SPECTRA} was not declared
     */
    double[] spectrum(int layer);

    /**
     * Similarity of a sublayer.
     *
     * @throws IllegalStateException if {@link Need#SIMILARITIES} was not declared
     */
    Similarity sublayer(int block, Sublayer sublayer);

    /**
     * Similarity of a whole block.
     *
     * @throws IllegalStateException if {@link Need#SIMILARITIES} was not declared
     */
    BlockSimilarity block(int block);
}
