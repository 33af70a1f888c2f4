package org.rankgrid.allocators.trial;

import java.util.List;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/** Plans for trials that show what one layer does. */
public final class LayerTrials {

    private LayerTrials() {}

    /** A plan with the rank of one layer changed; {@link RankPlan#DENSE} is allowed. */
    public static RankPlan changed(RankPlan base, int layer, int rank) {
        List<Layer> layers = base.layers();
        int[] ranks = new int[layers.size()];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = i == layer ? rank : base.rank(i);
        }
        return new RankPlan(layers, ranks);
    }

    /**
     * The rank of a layer that keeps a share of its parameters, rounded down, at least 1; dense where that is past the
     * largest rank that saves parameters.
     */
    public static int rank(Layer layer, double share) {
        // A product such as 100 x 0.29 must not lose a whole parameter to rounding.
        long parameters = (long) Math.floor(layer.parameters() * share + 1e-6);
        long rank = Math.max(1, parameters / layer.costOfRank());
        return share >= 1 || rank > layer.largestSavingRank() ? RankPlan.DENSE : (int) rank;
    }
}
