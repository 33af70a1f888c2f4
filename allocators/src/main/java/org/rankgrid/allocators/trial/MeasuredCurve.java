package org.rankgrid.allocators.trial;

import java.util.NavigableMap;
import org.rankgrid.numerics.ErrorCurve;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/** Error curves of layers whose error was measured at a few ranks only. */
public final class MeasuredCurve {

    private MeasuredCurve() {}

    /**
     * The curve through measured errors. Between two measured ranks a layer does no better than at the lower one. Below
     * the lowest it is steep enough that no layer goes there while the budget leaves a choice.
     *
     * @param errors by rank, finite; {@link RankPlan#DENSE} must be among them
     * @param penalty error of each rank below the lowest measured one, more than all layers together can gain
     */
    public static ErrorCurve of(Layer layer, NavigableMap<Integer, Double> errors, double penalty) {
        double[] curve = new double[layer.fullRank()];
        int lowest = errors.firstKey();
        for (int k = 1; k < curve.length; k++) {
            var measured = errors.floorEntry(k);
            curve[k - 1] = measured != null
                    ? measured.getValue()
                    : errors.firstEntry().getValue() + penalty * (Math.min(lowest, curve.length) - k);
        }
        curve[curve.length - 1] = errors.lastEntry().getValue();
        return ErrorCurve.of(layer, curve, true);
    }
}
