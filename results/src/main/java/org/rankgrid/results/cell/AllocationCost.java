package org.rankgrid.results.cell;

/**
 * What an allocator cost to run, that of the allocator it started from included. What was in a cache costs nothing.
 *
 * @param seconds wall clock, everything it had measured included
 * @param tokensForwarded tokens that went through the model, forward only
 * @param tokensTrained tokens that went through the model forward and backward
 * @param trials plans it asked the score of, known before or not
 */
public record AllocationCost(double seconds, long tokensForwarded, long tokensTrained, long trials) {

    /** No cost. */
    public static final AllocationCost NONE = new AllocationCost(0, 0, 0, 0);

    /** The cost of both. */
    public AllocationCost plus(AllocationCost other) {
        return new AllocationCost(
                seconds + other.seconds,
                tokensForwarded + other.tokensForwarded,
                tokensTrained + other.tokensTrained,
                trials + other.trials);
    }
}
