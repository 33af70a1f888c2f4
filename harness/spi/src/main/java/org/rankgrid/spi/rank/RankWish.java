package org.rankgrid.spi.rank;

import java.util.Arrays;

/**
 * What an allocator would like: for each layer, in the order of the layers it was given, a real-valued rank or
 * {@link #DENSE}. The engine turns it into a {@link RankPlan} that meets the budget exactly.
 */
public final class RankWish {

    /** The wish to leave a layer as it is. Any rank past {@link Layer#largestSavingRank} means the same. */
    public static final double DENSE = Double.POSITIVE_INFINITY;

    private final double[] ranks;

    /**
     * A wish.
     *
     * @param ranks one a layer, not negative; {@link #DENSE} is allowed
     * @throws IllegalArgumentException if a rank is negative or not a number
     */
    public RankWish(double... ranks) {
        this.ranks = ranks.clone();
        for (int i = 0; i < ranks.length; i++) {
            if (!(ranks[i] >= 0)) {
                throw new IllegalArgumentException("the rank wished for layer " + i + " is " + ranks[i]);
            }
        }
    }

    /** Number of layers. */
    public int size() {
        return ranks.length;
    }

    /** The wish for layer i. */
    public double rank(int i) {
        return ranks[i];
    }

    /** All wishes, a copy. */
    public double[] ranks() {
        return ranks.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RankWish that && Arrays.equals(ranks, that.ranks);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ranks);
    }

    @Override
    public String toString() {
        return Arrays.toString(ranks);
    }
}
