package org.rankgrid.spi.rank;

import java.util.Arrays;
import java.util.List;

/** A decision for every layer: an integer rank that saves parameters, or dense. */
public final class RankPlan {

    /** The rank that stands for a layer left as it is. */
    public static final int DENSE = Integer.MAX_VALUE;

    private final List<Layer> layers;
    private final int[] ranks;

    /**
     * A plan.
     *
     * @param layers the layers, in the engine's order: block by block, roles in the order of {@link Role}
     * @param ranks one a layer: 1 to {@link Layer#fullRank()}, or {@link #DENSE}
     * @throws IllegalArgumentException if the sizes differ or a rank is outside its range
     */
    public RankPlan(List<Layer> layers, int[] ranks) {
        if (layers.size() != ranks.length) {
            throw new IllegalArgumentException(layers.size() + " layers but " + ranks.length + " ranks");
        }
        for (int i = 0; i < ranks.length; i++) {
            if (ranks[i] != DENSE && (ranks[i] < 1 || ranks[i] > layers.get(i).fullRank())) {
                throw new IllegalArgumentException("rank " + ranks[i] + " of "
                        + layers.get(i).key() + " is not in 1.." + layers.get(i).fullRank());
            }
        }
        this.layers = List.copyOf(layers);
        this.ranks = ranks.clone();
    }

    /** The plan that compresses nothing. */
    public static RankPlan dense(List<Layer> layers) {
        int[] ranks = new int[layers.size()];
        Arrays.fill(ranks, DENSE);
        return new RankPlan(layers, ranks);
    }

    /** The layers, in order. */
    public List<Layer> layers() {
        return layers;
    }

    /** The rank of layer i, or {@link #DENSE}. */
    public int rank(int i) {
        return ranks[i];
    }

    /** Whether layer i stays as it is. */
    public boolean isDense(int i) {
        return ranks[i] == DENSE;
    }

    /** Parameters of layer i under this plan: m n if dense, else k (m + n). */
    public long parameters(int i) {
        Layer layer = layers.get(i);
        return isDense(i) ? layer.parameters() : ranks[i] * layer.costOfRank();
    }

    /** Parameters of all layers under this plan. */
    public long parameters() {
        long sum = 0;
        for (int i = 0; i < ranks.length; i++) {
            sum += parameters(i);
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RankPlan that && layers.equals(that.layers) && Arrays.equals(ranks, that.ranks);
    }

    @Override
    public int hashCode() {
        return 31 * layers.hashCode() + Arrays.hashCode(ranks);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ranks.length; i++) {
            text.append(i == 0 ? "" : ", ").append(layers.get(i).key()).append('=');
            text.append(isDense(i) ? "dense" : String.valueOf(ranks[i]));
        }
        return text.toString();
    }
}
