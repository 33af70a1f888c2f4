package org.rankgrid.allocators.components;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.rankgrid.numerics.ErrorCurve;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/**
 * Holds ranks near those of a plan: error curves on which a descent by {@link org.rankgrid.numerics.LowerHull} first raises
 * every layer to its lowest allowed rank, and never past its highest. A budget that does not pay for the lowest ranks wins.
 *
 * @param plan where the ranks are now
 * @param change the largest change of a rank as a share of it; one rank is always allowed. A dense layer counts as one at
 *     break-even, and may stay dense; a layer may become dense if it may reach k* + 1
 */
public record TrustRegion(RankPlan plan, double change) {

    /**
     * The curves inside the region, all layers free to move.
     *
     * @param errors of each layer, with the first k components kept at index k - 1, the dense layer's last
     */
    public List<ErrorCurve> curves(List<double[]> errors) {
        return curves(errors, i -> true, i -> false);
    }

    /**
     * The curves inside the region.
     *
     * @param errors of each layer, with the first k components kept at index k - 1, the dense layer's last
     * @param free which layers may move; the others keep the rank they have
     * @param leaping which of these may become dense from any rank, or leave dense for any
     */
    public List<ErrorCurve> curves(List<double[]> errors, IntPredicate free, IntPredicate leaping) {
        double steepest = steepest(errors);
        List<ErrorCurve> curves = new ArrayList<>();
        for (int i = 0; i < errors.size(); i++) {
            Layer layer = plan.layers().get(i);
            double[] bounded = errors.get(i).clone();
            int now = Math.min(plan.rank(i), bounded.length);
            boolean leaps = free.test(i) && leaping.test(i);
            int lowest = leaps && plan.isDense(i) ? 1 : free.test(i) ? lowest(i) : now;
            int highest = free.test(i) ? highest(i) : now;
            double dense = bounded[bounded.length - 1];
            for (int k = 1; k < lowest; k++) {
                bounded[k - 1] = bounded[lowest - 1] + steepest * (lowest - k) * layer.costOfRank();
            }
            for (int k = highest + 1; k <= bounded.length; k++) {
                bounded[k - 1] = bounded[highest - 1] + steepest * (k - highest) * layer.costOfRank();
            }
            if (leaps) {
                bounded[bounded.length - 1] = dense;
            }
            curves.add(ErrorCurve.of(layer, bounded, true));
        }
        return curves;
    }

    /** A fall of the error for each parameter that no real segment reaches. */
    private double steepest(List<double[]> errors) {
        double sum = 0;
        for (double[] curve : errors) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double error : curve) {
                low = Math.min(low, error);
                high = Math.max(high, error);
            }
            sum += high - low;
        }
        return sum > 0 ? 2 * sum : 1;
    }

    private int lowest(int i) {
        Layer layer = plan.layers().get(i);
        double now = plan.isDense(i) ? layer.breakEvenRank() : plan.rank(i);
        int whole = (int) Math.ceil(now) - 1;
        return Math.max(1, Math.min(whole, (int) Math.ceil(now * (1 - change))));
    }

    /** The full rank where dense is allowed. */
    private int highest(int i) {
        Layer layer = plan.layers().get(i);
        if (plan.isDense(i)) {
            return layer.fullRank();
        }
        int rank = Math.max(plan.rank(i) + 1, (int) Math.floor(plan.rank(i) * (1 + change)));
        return rank > layer.largestSavingRank() ? layer.fullRank() : rank;
    }
}
