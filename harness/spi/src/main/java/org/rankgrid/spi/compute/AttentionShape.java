package org.rankgrid.spi.compute;

/**
 * Causal grouped-query attention.
 *
 * @param heads query heads, a multiple of {@code keyValueHeads}
 * @param keyValueHeads key and value heads; query head h reads key-value head h * keyValueHeads / heads
 * @param headSize features of a head
 * @param scale factor on the scores
 * @param window how many positions back a query sees, itself included; 0 for all
 * @param softCap scores become cap tanh(score / cap); 0 for none
 */
public record AttentionShape(int heads, int keyValueHeads, int headSize, double scale, int window, double softCap) {

    /** Checks the numbers of heads. */
    public AttentionShape {
        if (heads < 1 || keyValueHeads < 1 || headSize < 1 || heads % keyValueHeads != 0) {
            throw new IllegalArgumentException(
                    heads + " query heads, " + keyValueHeads + " key-value heads of size " + headSize);
        }
    }
}
