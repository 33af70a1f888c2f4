package org.rankgrid.allocators.lems;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.rankgrid.allocators.lems.DepthCandidates.Depth;
import org.rankgrid.allocators.trial.PlanScores;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;

/**
 * LEMS (ICML 2026; ALGORITHMS D.9): a layer's error at rank k is its lost energy, scaled so that at a small reference
 * rank it equals a measured loss, times a weight that falls with depth; a knapsack with the dense option finds the plan.
 * One trial a layer measures the losses, then each of some depth weights is tried as a whole plan, and the best one is
 * taken.
 *
 * <p>Differences from the authors' code: the divergence is D(compressed || dense) over all positions at temperature 1,
 * not D(dense || compressed) over positions past 256 at 0.6; depth weights are tried at points of a Halton sequence, not
 * by TPE; all ranks are allowed, not multiples of 8; plans are tried as repaired to the budget.
 */
public final class LemsAllocator implements Allocator {

    @Override
    public String id() {
        return "lems";
    }

    @Override
    public String summary() {
        return "Scales each layer's lost energy by one measured loss, weighs by depth and solves a knapsack (LEMS).";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                OptionSpec.choice(
                        "measure",
                        List.of("divergence", "nll"),
                        "Loss of a plan: divergence from the dense model, or rise of the negative log-likelihood."),
                OptionSpec.real("reference", 0.001, 1, 0.1, "The share of its break-even rank a layer is measured at."),
                OptionSpec.whole("tune", 0, 1000, 6, "Depth weights to try; with fewer than 2 the given one is taken."),
                OptionSpec.real("alpha", 0, 3, 1, "How quickly the depth weight falls; the first one tried."),
                OptionSpec.real("gamma", 0, 7, 2, "How much more the first block weighs; the first one tried."),
                OptionSpec.real(
                        "floor",
                        0,
                        1,
                        0.3,
                        "The share of its break-even rank that a layer keeps at least; a third of it below a kept share of 0.5."),
                OptionSpec.choice("solver", List.of("knapsack", "hull"), "Solve exactly or greedily on convex hulls."),
                PlanScores.SEQUENCES);
    }

    @Override
    public Set<Need> needs(Options options) {
        return EnumSet.of(Need.SPECTRA, Need.TRIALS);
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        Options options = allocation.options();
        PlanScores scores = new PlanScores(allocation);
        boolean divergence = options.text("measure").equals("divergence");
        LayerErrors errors = LayerErrors.measured(
                allocation, options.real("reference"), plan -> loss(scores, plan, divergence), floor(allocation));
        boolean exact = options.text("solver").equals("knapsack");
        List<Depth> candidates = DepthCandidates.of(
                new Depth(options.real("alpha"), options.real("gamma")),
                Math.toIntExact(Math.max(1, options.whole("tune"))));
        List<Object> trace = new ArrayList<>();
        Depth best = candidates.getFirst();
        RankWish wish = errors.plan(best, exact);
        if (candidates.size() > 1) {
            double lowest = Double.POSITIVE_INFINITY;
            for (Depth depth : candidates) {
                RankWish candidate = errors.plan(depth, exact);
                double loss = loss(scores, scores.repaired(candidate), divergence);
                trace.add(List.of(depth.alpha(), depth.gamma(), loss));
                if (loss < lowest) {
                    lowest = loss;
                    best = depth;
                    wish = candidate;
                }
            }
        }
        return wish.with("losses", errors.losses())
                .with("alpha", best.alpha())
                .with("gamma", best.gamma())
                .with("trace", trace);
    }

    private static double floor(Allocation allocation) {
        double kept = allocation.budget().keptShare();
        double floor = allocation.options().real("floor");
        return Math.min(kept < 0.5 ? floor / 3 : floor, kept / 2);
    }

    private static double loss(PlanScores scores, RankPlan plan, boolean divergence) {
        return divergence ? scores.divergence(plan) : scores.nll(plan);
    }
}
