package org.rankgrid.engine.allocate;

import java.util.SequencedMap;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;

/**
 * An allocator's wish and what became of it.
 *
 * @param budget what may be kept; empty of meaning for a fixed plan, where it equals the plan's size
 * @param wish what the allocator returned
 * @param plan after integer repair
 * @param facts what is worth recording of how it came about
 * @param seconds the allocator's time, with everything it had measured
 */
public record Allotment(
        Budget budget, RankWish wish, RankPlan plan, SequencedMap<String, Object> facts, double seconds) {

    /** Parameters the wish itself would keep: real-valued ranks times their cost, a dense layer its own size. */
    public double rawParameters() {
        double sum = 0;
        for (int i = 0; i < wish.size(); i++) {
            Layer layer = plan.layers().get(i);
            sum += wish.rank(i) > layer.largestSavingRank()
                    ? Math.min((double) layer.parameters(), wish.rank(i) * layer.costOfRank())
                    : wish.rank(i) * layer.costOfRank();
        }
        return sum;
    }
}
