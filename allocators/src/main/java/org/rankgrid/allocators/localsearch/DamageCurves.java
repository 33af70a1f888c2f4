package org.rankgrid.allocators.localsearch;

import java.util.ArrayList;
import java.util.List;
import org.rankgrid.allocators.components.ComponentScore;
import org.rankgrid.spi.allocate.ComponentGradient;
import org.rankgrid.spi.allocate.Gradients;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/**
 * What the search believes before its first trial: how much each layer adds to the loss at each rank.
 *
 * @param damages of each layer, in nats, with the first k components kept at index k - 1; the last is 0, that of dense
 */
record DamageCurves(List<double[]> damages) {

    /** The tails of component Fisher scores around a plan (ALGORITHMS D.14). */
    static DamageCurves fisher(Gradients gradients, RankPlan plan, int sequences) {
        List<double[]> damages = new ArrayList<>();
        for (ComponentGradient gradient : gradients.components(plan, 0, Math.min(sequences, gradients.sequences()))) {
            double[] scores = ComponentScore.KFAC.of(gradient);
            double[] damage = new double[scores.length];
            for (int k = scores.length - 1; k >= 1; k--) {
                damage[k - 1] = damage[k] + scores[k];
            }
            damages.add(damage);
        }
        return new DamageCurves(damages);
    }

    /**
     * Without a guide: for every parameter of a layer 1/2 for being compressed at all, and 8 times the squared share removed,
     * so that both are equal where a quarter is.
     */
    static DamageCurves bySize(List<Layer> layers) {
        List<double[]> damages = new ArrayList<>();
        for (Layer layer : layers) {
            double[] damage = new double[layer.fullRank()];
            for (int k = 1; k < damage.length; k++) {
                double removed = Math.max(0, 1 - k / layer.breakEvenRank());
                damage[k - 1] = layer.parameters() * (0.5 + 8 * removed * removed);
            }
            damages.add(damage);
        }
        return new DamageCurves(damages);
    }

    /** The damage of layer i under a plan. */
    double of(int i, RankPlan plan) {
        double[] damage = damages.get(i);
        return plan.isDense(i) ? 0 : damage[plan.rank(i) - 1];
    }

    /** The damage of all layers under a plan. */
    double of(RankPlan plan) {
        double sum = 0;
        for (int i = 0; i < damages.size(); i++) {
            sum += of(i, plan);
        }
        return sum;
    }

    /** The curves with every damage multiplied. */
    DamageCurves times(double factor) {
        return new DamageCurves(damages.stream()
                .map(damage -> {
                    double[] scaled = damage.clone();
                    for (int k = 0; k < scaled.length; k++) {
                        scaled[k] *= factor;
                    }
                    return scaled;
                })
                .toList());
    }
}
