package org.rankgrid.allocators.lems;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.rankgrid.allocators.lems.DepthCandidates.Depth;
import org.rankgrid.allocators.trial.LayerTrials;
import org.rankgrid.numerics.BlockOrder;
import org.rankgrid.numerics.EnergyCurve;
import org.rankgrid.numerics.ErrorCurve;
import org.rankgrid.numerics.Knapsack;
import org.rankgrid.numerics.LowerHull;
import org.rankgrid.numerics.Selection;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;

/** The errors of all layers at all ranks, before depth weights. */
final class LayerErrors {

    private final Allocation allocation;
    private final BlockOrder blocks;
    private final double[] losses;
    private final double floor;
    private final List<double[]> errors = new ArrayList<>();

    private LayerErrors(Allocation allocation, double[] losses, double reference, double floor) {
        this.allocation = allocation;
        this.blocks = BlockOrder.of(allocation.layers());
        this.losses = losses;
        this.floor = floor;
        for (int i = 0; i < losses.length; i++) {
            Layer layer = allocation.layers().get(i);
            EnergyCurve curve = EnergyCurve.of(allocation.statistics().spectrum(i), 0);
            errors.add(errors(curve, referenceRank(layer, reference), losses[i]));
        }
    }

    /**
     * Measures the loss of every layer with it alone at its reference rank.
     *
     * @param loss of a plan; that of the dense plan is subtracted, and what lies below it counts as nothing
     * @param floor the share of its break-even rank that a layer keeps at least
     */
    static LayerErrors measured(
            Allocation allocation, double reference, ToDoubleFunction<RankPlan> loss, double floor) {
        RankPlan dense = RankPlan.dense(allocation.layers());
        double base = loss.applyAsDouble(dense);
        double[] losses = new double[allocation.layers().size()];
        for (int i = 0; i < losses.length; i++) {
            int rank = referenceRank(allocation.layers().get(i), reference);
            losses[i] = Math.max(0, loss.applyAsDouble(LayerTrials.changed(dense, i, rank)) - base);
        }
        return new LayerErrors(allocation, losses, reference, floor);
    }

    private static int referenceRank(Layer layer, double share) {
        return Math.clamp((long) (share * layer.breakEvenRank()), 1, layer.fullRank());
    }

    /**
     * The measured loss times the energy lost at each rank, over that lost at the reference rank; nothing where none is
     * lost there.
     */
    static double[] errors(EnergyCurve curve, int reference, double loss) {
        double lostThere = 1 - curve.retained(reference);
        double[] errors = new double[curve.fullRank()];
        for (int k = 1; k <= errors.length; k++) {
            errors[k - 1] = lostThere > 0 ? (1 - curve.retained(k)) / lostThere * loss : 0;
        }
        return errors;
    }

    List<Double> losses() {
        return Arrays.stream(losses).boxed().toList();
    }

    /** The plan of least error under depth weights, within the budget. */
    RankWish plan(Depth depth, boolean exact) {
        double[] weights = DepthWeights.of(blocks.count(), depth.alpha(), depth.gamma());
        List<double[]> weighted = new ArrayList<>();
        double most = 0;
        for (int i = 0; i < errors.size(); i++) {
            double weight = weights[blocks.position(allocation.layers().get(i))];
            double[] curve =
                    Arrays.stream(errors.get(i)).map(error -> weight * error).toArray();
            weighted.add(curve);
            most += curve[0];
        }
        List<ErrorCurve> curves = new ArrayList<>();
        for (int i = 0; i < weighted.size(); i++) {
            Layer layer = allocation.layers().get(i);
            curves.add(ErrorCurve.of(layer, raisedBelowFloor(layer, weighted.get(i), most), true));
        }
        long budget = allocation.budget().parameters();
        Selection selection = exact ? Knapsack.within(budget, curves) : LowerHull.within(budget, curves);
        return RankWish.of(selection.plan()).with("error", selection.error());
    }

    /** Below the floor a curve is steeper than all other layers together. */
    private double[] raisedBelowFloor(Layer layer, double[] curve, double most) {
        int lowest = (int) (floor * layer.breakEvenRank());
        for (int k = 1; k < lowest; k++) {
            curve[k - 1] += (1 + most) * (lowest - k);
        }
        return curve;
    }
}
