package org.rankgrid.allocators.componentfisher;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rankgrid.allocators.components.ComponentScore;
import org.rankgrid.allocators.components.Expansion;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.ComponentGradient;
import org.rankgrid.spi.allocate.Gradients;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;

/**
 * Component Fisher (own; ALGORITHMS D.14): the error of dropping components is the sum of their Fisher information, and all
 * ranks follow from one descent on the lower hulls of these errors, dense included. The information of a component is
 * estimated as K-FAC does, by the product of the mean squared value and the mean squared gradient: within the steps it led the
 * squared mask gradients of D.14 on both models measured.
 *
 * <p>An expansion around the dense model says little about a model far from it, so the way is gone in {@code steps} of equal
 * size: each takes gradients at the current plan and chooses all ranks afresh at its own budget, errors counted from the
 * current ranks. The last step's budget is the target; the plans on the way are the descent's own, which may leave a little of
 * their budgets unspent. {@code steps: 1} is the plain method, one backward pass.
 */
public final class ComponentFisherAllocator implements Allocator {

    @Override
    public String id() {
        return "component-fisher";
    }

    @Override
    public String summary() {
        return "Drops the components with the least Fisher information, expanding the loss again on the way.";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                OptionSpec.whole("sequences", 1, 1 << 20, 16, "Calibration sequences a step, at most all there are."),
                OptionSpec.whole(
                        "steps",
                        1,
                        1000,
                        6,
                        "Steps of equal size to the target; 1 expands around the dense model only."),
                OptionSpec.choice(
                        "scores",
                        ComponentScore.names(),
                        "K-FAC's product, or squared gradients by sequence and by token, or by one of them."),
                OptionSpec.flag(
                        "first-order",
                        false,
                        "Add the gradients themselves, so that dropped components can come back."),
                OptionSpec.real("trust", 0, 1, 0, "The largest change of a rank in a step as a share of it; 0 is any."),
                OptionSpec.whole("extra-steps", 0, 1000, 0, "More steps at the target; of use with first-order terms."),
                OptionSpec.flag("rotate", false, "Each step takes the next sequences instead of the same ones."));
    }

    @Override
    public Set<Need> needs(Options options) {
        return Set.of(Need.GRADIENTS);
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        Options options = allocation.options();
        Gradients gradients = allocation.statistics().gradients();
        Expansion expansion = new Expansion(
                ComponentScore.named(options.text("scores")), options.flag("first-order"), options.real("trust"));
        int sequences = Math.toIntExact(Math.min(options.whole("sequences"), gradients.sequences()));
        int steps = Math.toIntExact(options.whole("steps"));
        int all = steps + Math.toIntExact(options.whole("extra-steps"));
        RankPlan plan = RankPlan.dense(allocation.layers());
        List<Map<String, Object>> way = new ArrayList<>();
        for (int step = 1; step <= all; step++) {
            int first = options.flag("rotate") ? (step - 1) * sequences % gradients.sequences() : 0;
            List<ComponentGradient> at = gradients.components(plan, first, sequences);
            long budget = budgetOf(allocation.budget(), Math.min(step, steps), steps);
            plan = expansion.next(plan, at, budget);
            way.add(recorded(budget, plan));
        }
        return RankWish.of(plan).with("sequences", (long) sequences).with("steps", way);
    }

    /** What a step may keep: equal shares of what is removed, in whole parameters. */
    private static long budgetOf(Budget target, int step, int steps) {
        long removed = target.dense() - target.parameters();
        // Step by step, as the product may not fit a long.
        return target.dense() - (removed / steps * step + removed % steps * step / steps);
    }

    private static Map<String, Object> recorded(long budget, RankPlan plan) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("budget", budget);
        step.put("parameters", plan.parameters());
        return step;
    }
}
