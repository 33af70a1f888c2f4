package org.rankgrid.numerics;

import java.util.List;
import java.util.PriorityQueue;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/**
 * Spends a budget in single steps: a layer's rank grows by one at a cost of m + n, and from k* it becomes dense. The layer
 * that comes first in an order of the caller's takes its step; one whose step no longer fits stops for good.
 */
final class StepwiseFill {

    /** The order: the layer with the smallest key takes the next step, the lowest index on ties. */
    @FunctionalInterface
    interface Key {

        /** The key of layer i while it has rank k. */
        double of(int i, int k);
    }

    private record Candidate(double key, int index) implements Comparable<Candidate> {

        @Override
        public int compareTo(Candidate other) {
            int order = Double.compare(key, other.key);
            return order != 0 ? order : Integer.compare(index, other.index);
        }
    }

    private StepwiseFill() {}

    /**
     * Raises ranks in place until no step fits.
     *
     * @param ranks one a layer, at most k*, or {@link RankPlan#DENSE}
     * @param unspent parameters left to spend
     */
    static void fill(List<Layer> layers, int[] ranks, long unspent, Key key) {
        PriorityQueue<Candidate> queue = new PriorityQueue<>();
        for (int i = 0; i < ranks.length; i++) {
            if (ranks[i] != RankPlan.DENSE) {
                queue.add(new Candidate(key.of(i, ranks[i]), i));
            }
        }
        long left = unspent;
        for (Candidate next = queue.poll(); next != null; next = queue.poll()) {
            int i = next.index();
            Layer layer = layers.get(i);
            boolean toDense = ranks[i] == layer.largestSavingRank();
            long cost = toDense ? layer.parameters() - ranks[i] * layer.costOfRank() : layer.costOfRank();
            if (cost > left) {
                continue;
            }
            left -= cost;
            if (toDense) {
                ranks[i] = RankPlan.DENSE;
            } else {
                ranks[i]++;
                queue.add(new Candidate(key.of(i, ranks[i]), i));
            }
        }
    }
}
