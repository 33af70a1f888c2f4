package org.rankgrid.allocators.duosvd;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.rankgrid.allocators.trial.LayerTrials;
import org.rankgrid.allocators.trial.MeasuredCurve;
import org.rankgrid.allocators.trial.PlanScores;
import org.rankgrid.allocators.trial.TriedShares;
import org.rankgrid.numerics.ErrorCurve;
import org.rankgrid.numerics.Knapsack;
import org.rankgrid.numerics.Selection;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;

/**
 * Duo-SVD (code CPSVD; ALGORITHMS D.5): with all layers at the target ratio, each one alone is moved to other shares, and
 * a knapsack chooses the shares with the smallest sum of perplexities. It costs a trial for every layer and share.
 *
 * <p>Dense is always among the choices. The published program runs in units of a ten-thousandth of all parameters and
 * takes the reachable size nearest to the target; here it is exact and stays within the budget.
 */
public final class DuoSvdAllocator implements Allocator {

    @Override
    public String id() {
        return "duo-svd";
    }

    @Override
    public String summary() {
        return "Moves one layer at a time away from the target and solves a knapsack of the perplexities (Duo-SVD).";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                OptionSpec.text(
                        "shares", "0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,1", "Kept shares of a layer that are tried."),
                PlanScores.SEQUENCES);
    }

    @Override
    public Set<Need> needs(Options options) {
        return Set.of(Need.TRIALS);
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        List<Layer> layers = allocation.layers();
        List<Double> shares = TriedShares.parse("shares", allocation.options().text("shares"));
        List<NavigableMap<Integer, Double>> measured = measured(allocation, shares);
        double penalty =
                1 + measured.stream().mapToDouble(DuoSvdAllocator::range).sum();
        List<ErrorCurve> curves = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            curves.add(MeasuredCurve.of(layers.get(i), measured.get(i), penalty));
        }
        Selection best = Knapsack.within(allocation.budget().parameters(), curves);
        return RankWish.of(best.plan()).with("summed_ppl", best.error()).with("proven_best", best.provenBest());
    }

    /** The perplexity of every layer at every rank tried, the others at the target. */
    private static List<NavigableMap<Integer, Double>> measured(Allocation allocation, List<Double> shares) {
        List<Layer> layers = allocation.layers();
        PlanScores scores = new PlanScores(allocation);
        double target = allocation.budget().keptShare();
        RankPlan base = new RankPlan(
                layers,
                layers.stream()
                        .mapToInt(layer -> LayerTrials.rank(layer, target))
                        .toArray());
        List<NavigableMap<Integer, Double>> measured = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            NavigableMap<Integer, Double> errors = new TreeMap<>();
            for (double share : shares) {
                int rank = LayerTrials.rank(layers.get(i), share);
                errors.put(rank, Math.exp(scores.nll(LayerTrials.changed(base, i, rank))));
            }
            errors.put(RankPlan.DENSE, Math.exp(scores.nll(LayerTrials.changed(base, i, RankPlan.DENSE))));
            measured.add(errors);
        }
        return measured;
    }

    private static double range(NavigableMap<Integer, Double> errors) {
        double least =
                errors.values().stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double most =
                errors.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return most - least;
    }
}
