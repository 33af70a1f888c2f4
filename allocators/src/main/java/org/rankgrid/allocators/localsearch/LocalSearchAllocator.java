package org.rankgrid.allocators.localsearch;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.rankgrid.numerics.PairedDifference;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.allocate.Trial;
import org.rankgrid.spi.allocate.Trials;
import org.rankgrid.spi.option.AllocatorReference;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;

/**
 * Local search (own): begins with another allocator's plan and moves parameters between layers, and layers to and from dense,
 * while paired trials on the validation text say that it pays.
 *
 * <p>A hundred trials are far fewer than there are pairs of layers, so that no trial may be spent on one pair. A surrogate
 * predicts the loss of any plan: one damage curve a layer, from one backward pass ({@code guide}), times an unknown factor that
 * layers share by role and by depth. Every trial, failed ones and those stopped early included, sharpens the factors of all
 * layers it moved. Every proposal is the plan that the surrogate likes best within reach of the best one so far, and moves many
 * layers at once; the reach halves when a round of proposals brings nothing, and begins anew when it is too short. By turns the
 * surrogate's mean is followed, which exploits, and a sample of what it holds possible, which explores (Thompson sampling).
 * With the guide, every third proposal follows the gradients at the best plan instead: one more backward pass for each new
 * best one, which is cheap beside what it tells about all components at once.
 *
 * <p>A plan is accepted only if it was scored on all validation sequences and its mean paired difference is below zero, by
 * {@code standard-errors}; the result is never worse on the validation text than the start.
 */
public final class LocalSearchAllocator implements Allocator {

    @Override
    public String id() {
        return "local-search";
    }

    @Override
    public String summary() {
        return "Moves parameters between the layers of another allocator's plan while paired trials say that it pays.";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                OptionSpec.allocator(
                        "from",
                        AllocatorReference.of("component-fisher"),
                        "The allocator whose plan the search begins with."),
                OptionSpec.whole(
                        "trials", 2, 1_000_000, 100, "Plans scored at most, the first and the dense one included."),
                OptionSpec.whole("patience", 1, 1_000_000, 50, "Plans in a row that may fail before the search stops."),
                OptionSpec.real(
                        "standard-errors",
                        0,
                        10,
                        1,
                        "How far from zero a paired difference has to be to accept a plan, or to stop its trial early."),
                OptionSpec.real(
                        "step", 0.01, 1, 0.3, "The largest change of a rank in the first moves, as a share of it."),
                OptionSpec.choice(
                        "guide",
                        List.of("gradients", "none"),
                        "What layers are believed to lose beforehand: component Fisher scores, or the same a parameter."),
                OptionSpec.whole("guide-sequences", 1, 1 << 20, 16, "Calibration sequences of the guide."));
    }

    @Override
    public Set<Need> needs(Options options) {
        Set<Need> needs = EnumSet.of(Need.TRIALS, Need.START);
        if (options.text("guide").equals("gradients")) {
            needs.add(Need.GRADIENTS);
        }
        return needs;
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        Options options = allocation.options();
        if (!options.allocator("from").isPresent()) {
            throw new InputException(
                    "option 'from' of local-search names no allocator: give the one whose plan the search"
                            + " begins with, such as component-fisher or uniform.");
        }
        RankPlan start = allocation.statistics().start();
        Trials trials = allocation.statistics().trials();
        Trial before = trials.score(start, trials.sequences(), false);
        RankPlan dense = RankPlan.dense(allocation.layers());
        double damage = before.meanNll()
                - trials.score(dense, trials.sequences(), false).meanNll();
        if (!(damage > 0 && damage < Double.POSITIVE_INFINITY)) {
            // Nothing was lost, or nothing can be compared: there is no way down from here.
            return wish(start, before, before, 2, List.of());
        }
        Random random = new Random(allocation.seed());
        Surrogate surrogate = new Surrogate(allocation.layers(), believed(allocation, start, damage), random);
        Search.Rules rules = new Search.Rules(
                Math.toIntExact(options.whole("trials")) - 2,
                Math.toIntExact(options.whole("patience")),
                options.real("standard-errors"),
                options.real("step"));
        Search search = new Search(
                trials, allocation.budget(), surrogate, opinions(allocation, surrogate), rules, random, start, before);
        search.run();
        return wish(search.best(), before, search.bestTrial(), search.asked() + 2, search.moves());
    }

    private static List<Opinion> opinions(Allocation allocation, Surrogate surrogate) {
        Opinion mean = plan -> surrogate.mean();
        Opinion sample = plan -> surrogate.sample();
        if (!allocation.options().text("guide").equals("gradients")) {
            return List.of(mean, sample);
        }
        int sequences = Math.toIntExact(allocation.options().whole("guide-sequences"));
        return List.of(mean, new GradientOpinion(allocation.statistics().gradients(), sequences), sample);
    }

    /** Damages that add up to what the start was seen to lose. */
    private static DamageCurves believed(Allocation allocation, RankPlan start, double damage) {
        Options options = allocation.options();
        if (options.text("guide").equals("gradients")) {
            DamageCurves fisher = DamageCurves.fisher(
                    allocation.statistics().gradients(), start, Math.toIntExact(options.whole("guide-sequences")));
            double sum = fisher.of(start);
            if (sum > 0 && Double.isFinite(damage / sum)) {
                return fisher.times(damage / sum);
            }
        }
        DamageCurves bySize = DamageCurves.bySize(allocation.layers());
        return bySize.times(damage / bySize.of(start));
    }

    private static RankWish wish(RankPlan plan, Trial before, Trial after, int trials, List<?> moves) {
        PairedDifference difference = PairedDifference.of(after.nll(), before.nll());
        return RankWish.of(plan)
                .with("trials", (long) trials)
                .with("accepted", (long) moves.size())
                .with("nll_before", before.meanNll())
                .with("nll_after", after.meanNll())
                .with("difference", difference.mean())
                .with("standard_error", difference.standardError())
                .with("moves", moves);
    }
}
