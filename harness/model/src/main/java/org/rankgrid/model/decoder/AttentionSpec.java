package org.rankgrid.model.decoder;

import java.util.List;
import org.rankgrid.spi.compute.AttentionShape;

/**
 * The attention of a decoder's blocks.
 *
 * @param heads query heads, a multiple of {@code keyValueHeads}
 * @param keyValueHeads key and value heads
 * @param headSize features of a head
 * @param scale factor on the scores
 * @param windows for each block how many positions a query sees, itself included; 0 for all
 * @param softCap scores become cap tanh(score / cap); 0 for none
 * @param queryKeyNorm norm of queries and keys
 */
public record AttentionSpec(
        int heads,
        int keyValueHeads,
        int headSize,
        double scale,
        List<Integer> windows,
        double softCap,
        QueryKeyNorm queryKeyNorm) {

    /** Root-mean-square norm of queries and keys before they are rotated. */
    public enum QueryKeyNorm {
        /** None. */
        NONE,
        /** Each head on its own, one weight for all heads. */
        PER_HEAD,
        /** All heads together. */
        WHOLE
    }

    /**
     * Copies the windows.
     *
     * @throws IllegalArgumentException if the heads do not divide or a window is negative
     */
    public AttentionSpec {
        windows = List.copyOf(windows);
        if (heads < 1 || keyValueHeads < 1 || headSize < 1 || heads % keyValueHeads != 0) {
            throw new IllegalArgumentException(
                    heads + " query heads, " + keyValueHeads + " key-value heads of size " + headSize);
        }
        if (windows.stream().anyMatch(window -> window < 0)) {
            throw new IllegalArgumentException("windows " + windows);
        }
    }

    /** Features of all query heads. */
    public int queryFeatures() {
        return Math.multiplyExact(heads, headSize);
    }

    /** Features of all key heads; the values have as many. */
    public int keyValueFeatures() {
        return Math.multiplyExact(keyValueHeads, headSize);
    }

    /** The attention of one block, as a backend wants it. */
    public AttentionShape shape(int block) {
        return new AttentionShape(heads, keyValueHeads, headSize, scale, windows.get(block), softCap);
    }
}
