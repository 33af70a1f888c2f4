package org.rankgrid.spi.rank;

/**
 * A linear layer that can be compressed.
 *
 * @param key its name in the checkpoint without {@code .weight}, such as {@code model.layers.0.self_attn.q_proj}
 * @param block index of its decoder block, from 0
 * @param role what it does there
 * @param rows m, features out
 * @param columns n, features in
 */
public record Layer(String key, int block, Role role, int rows, int columns) {

    /** Checks that there is something to compress. */
    public Layer {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("layer " + key + " has shape " + rows + " x " + columns);
        }
    }

    /** m n, parameters of the dense weight. */
    public long parameters() {
        return (long) rows * columns;
    }

    /** m + n, what one rank costs. */
    public long costOfRank() {
        return (long) rows + columns;
    }

    /** min(m, n), the number of components of a full decomposition. */
    public int fullRank() {
        return Math.min(rows, columns);
    }

    /** k*, the largest rank that still saves parameters: floor((m n - 1) / (m + n)); 0 if none does. */
    public int largestSavingRank() {
        return Math.toIntExact((parameters() - 1) / costOfRank());
    }

    /** m n / (m + n), the real rank at which a factored layer costs as much as the dense one. */
    public double breakEvenRank() {
        return (double) parameters() / costOfRank();
    }
}
