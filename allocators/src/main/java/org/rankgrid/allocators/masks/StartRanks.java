package org.rankgrid.allocators.masks;

import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/** The expected ranks that a training begins with. */
public final class StartRanks {

    private StartRanks() {}

    /**
     * The ranks of the plan to start from, or the same share of every layer where the option names no allocator. A layer left
     * dense begins midway between break-even and full rank: it runs dense, and its mask can still be moved.
     *
     * @param option the name of the option that names the allocator
     * @return one rank a layer, at most K
     */
    public static double[] of(Allocation allocation, String option) {
        double[] ranks = new double[allocation.layers().size()];
        boolean given = allocation.options().allocator(option).isPresent();
        RankPlan plan = given ? allocation.statistics().start() : RankPlan.dense(allocation.layers());
        for (int i = 0; i < ranks.length; i++) {
            Layer layer = allocation.layers().get(i);
            double dense = (layer.breakEvenRank() + layer.fullRank()) / 2;
            double uniform = allocation.budget().keptShare() * layer.breakEvenRank();
            ranks[i] = !given ? uniform : plan.isDense(i) ? dense : plan.rank(i);
        }
        return ranks;
    }
}
