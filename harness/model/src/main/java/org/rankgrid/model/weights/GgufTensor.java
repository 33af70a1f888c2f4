package org.rankgrid.model.weights;

import java.util.Optional;
import org.rankgrid.model.weights.block.BlockFormat;

/**
 * A tensor as a GGUF file describes it.
 *
 * @param name in the file: {@code blk.0.attn_q.weight}
 * @param typeNumber ggml's number of its type
 * @param shape rows first, the other way round than the file writes it; empty for a single number
 * @param offset where its bytes begin, counted from the beginning of the data
 */
public record GgufTensor(String name, int typeNumber, int[] shape, long offset) {

    /** The name of its type: Q4_K; or "type 99" where it is unknown. */
    public String type() {
        return GgmlType.numbered(typeNumber).map(GgmlType::name).orElse("type " + Integer.toUnsignedString(typeNumber));
    }

    /** How to read it; empty where its type cannot be read. */
    Optional<BlockFormat> format() {
        return GgmlType.numbered(typeNumber).flatMap(GgmlType::format);
    }

    /** How many values the shape holds. */
    long count() {
        long count = 1;
        for (int dimension : shape) {
            count = Math.multiplyExact(count, dimension);
        }
        return count;
    }
}
