package org.rankgrid.model.family;

import java.util.Optional;
import org.rankgrid.spi.compute.RowSource;

/**
 * Where the values of a linear layer are within a block of a checkpoint: a tensor of its own or a part of a fused one.
 *
 * @param tensor name of the tensor, without {@code .weight}
 * @param part what the key says beyond the tensor's name, such as {@code [q]}; empty for a tensor of its own
 * @param rows which rows of the stored weight are the layer's; empty for all
 * @param transposed whether the tensor is stored n by m, as GPT-2 does
 */
public record LinearPlace(String tensor, String part, Optional<RowPattern> rows, boolean transposed) {

    /**
     * Some rows of a fused weight: groups of consecutive rows, evenly spaced.
     *
     * @param stored rows of the whole fused weight
     * @param first the first row that is the layer's
     * @param group consecutive rows of the layer
     * @param stride rows from one group to the next
     */
    public record RowPattern(int stored, int first, int group, int stride) {

        /** The stored row of a row of the layer. */
        int at(int row) {
            return first + row / group * stride + row % group;
        }
    }

    /** A tensor of its own, stored m by n. */
    public static LinearPlace whole(String tensor) {
        return new LinearPlace(tensor, "", Optional.empty(), false);
    }

    /** A tensor of its own, stored n by m. */
    public static LinearPlace transposed(String tensor) {
        return new LinearPlace(tensor, "", Optional.empty(), true);
    }

    /**
     * Consecutive rows of a fused weight.
     *
     * @param stored rows of the whole fused weight
     * @param first the first row of the layer
     * @param count rows of the layer
     */
    public static LinearPlace slice(String tensor, String part, int stored, int first, int count, boolean transposed) {
        return new LinearPlace(tensor, part, Optional.of(new RowPattern(stored, first, count, count)), transposed);
    }

    /** The layer's key within its block. */
    public String key() {
        return tensor + part;
    }

    /**
     * The shape of the stored tensor.
     *
     * @param m features out of the layer
     * @param n features in
     */
    public int[] storedShape(int m, int n) {
        int stored = storedRows(m);
        return transposed ? new int[] {n, stored} : new int[] {stored, n};
    }

    /** Length of the stored bias of a layer with m features out. */
    public int storedRows(int m) {
        return rows.map(RowPattern::stored).orElse(m);
    }

    /**
     * The layer's weight, read from the stored tensor when asked for.
     *
     * @param stored the whole tensor
     * @param m rows of the layer
     */
    public RowSource weight(RowSource stored, int m) {
        if (!transposed && rows.isEmpty()) {
            return stored;
        }
        RowPattern pattern = rows.orElse(new RowPattern(m, 0, m, m));
        return transposed ? new TransposedRows(stored, pattern, m) : new FusedRows(stored, pattern, m);
    }

    /**
     * The layer's bias.
     *
     * @param stored the whole stored bias
     * @param m rows of the layer
     */
    public float[] bias(float[] stored, int m) {
        if (rows.isEmpty()) {
            return stored;
        }
        float[] bias = new float[m];
        for (int row = 0; row < m; row++) {
            bias[row] = stored[rows.get().at(row)];
        }
        return bias;
    }
}
