package org.rankgrid.spi.rank;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What an allocator would like: for each layer, in the order of the layers it was given, a real-valued rank or
 * {@link #DENSE}. The engine turns it into a {@link RankPlan} that meets the budget exactly.
 */
public final class RankWish {

    /** The wish to leave a layer as it is. Any rank past {@link Layer#largestSavingRank} means the same. */
    public static final double DENSE = Double.POSITIVE_INFINITY;

    private final double[] ranks;
    private final SequencedMap<String, Object> facts;

    /**
     * A wish.
     *
     * @param ranks one a layer, not negative; {@link #DENSE} is allowed
     * @throws IllegalArgumentException if a rank is negative or not a number
     */
    public RankWish(double... ranks) {
        this(ranks.clone(), new LinkedHashMap<>());
        for (int i = 0; i < ranks.length; i++) {
            if (!(ranks[i] >= 0)) {
                throw new IllegalArgumentException("the rank wished for layer " + i + " is " + ranks[i]);
            }
        }
    }

    private RankWish(double[] ranks, SequencedMap<String, Object> facts) {
        this.ranks = ranks;
        this.facts = facts;
    }

    /** The wish for a plan that is settled. */
    public static RankWish of(RankPlan plan) {
        double[] ranks = new double[plan.layers().size()];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = plan.isDense(i) ? DENSE : plan.rank(i);
        }
        return new RankWish(ranks);
    }

    /**
     * The same wish with something worth recording of how it came about: a training curve, a bound, a repair. It stands in
     * the result of the cell.
     *
     * @param value a String, Boolean, Long or finite Double, or a List or a Map with String keys of such values
     */
    public RankWish with(String name, Object value) {
        SequencedMap<String, Object> more = new LinkedHashMap<>(facts);
        more.put(name, value);
        return new RankWish(ranks, more);
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

    /** What is worth recording, by name. */
    public SequencedMap<String, Object> facts() {
        return Collections.unmodifiableSequencedMap(facts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RankWish that && Arrays.equals(ranks, that.ranks) && facts.equals(that.facts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(ranks) + facts.hashCode();
    }

    @Override
    public String toString() {
        return Arrays.toString(ranks) + (facts.isEmpty() ? "" : " " + facts);
    }
}
