package org.rankgrid.spi.allocate;

import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.Sublayer;

/**
 * What the engine measured on the calibration text with the dense model, and what it measures when it is asked. Only what
 * the allocator declared in {@link Allocator#needs} may be asked for.
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

    /**
     * Derivatives of the loss.
     *
     * @throws IllegalStateException if {@link Need#GRADIENTS} was not declared
     */
    default Gradients gradients() {
        throw new IllegalStateException("GRADIENTS was not declared");
    }

    /**
     * Scores of plans.
     *
     * @throws IllegalStateException if {@link Need#TRIALS} was not declared
     */
    default Trials trials() {
        throw new IllegalStateException("TRIALS was not declared");
    }

    /**
     * The loss under masks.
     *
     * @throws IllegalStateException if {@link Need#MASKS} was not declared
     */
    default MaskObjective masks() {
        throw new IllegalStateException("MASKS was not declared");
    }

    /**
     * The plan of the allocator that an option of type {@link org.rankgrid.spi.option.OptionType.Allocator} names, repaired to
     * the same budget.
     *
     * @throws IllegalStateException if {@link Need#START} was not declared
     */
    default RankPlan start() {
        throw new IllegalStateException("START was not declared");
    }
}
