package org.rankgrid.allocators.bayesian;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rankgrid.allocators.trial.PlanScores;
import org.rankgrid.numerics.GaussianProcess;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.allocate.Trial;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;

/**
 * Bolaco (Ji et al., arXiv 2405.10616): one kept share a type of layer (q and k together, o, gate, up, down) and depth
 * group, v left dense, found by Bayesian optimisation on validation text (ALGORITHMS B.2).
 *
 * <p>The defaults are those that B.8 finds better than the published ones; an option stands at each:
 *
 * <ul>
 *   <li>{@code slack}: how far below the target a trial may be; published 0.1;
 *   <li>{@code surrogate}: the process models the logarithm of the objective; published {@code plain};
 *   <li>{@code objective}: perplexity; published {@code bolaco}, which adds 0.001 times the divergence from the dense
 *       model, summed over the tokens of a sequence;
 *   <li>{@code score}: a trial scores the plan repaired to the budget, which is what will be run; published {@code raw};
 *   <li>{@code trials}: published 50 to 60;
 *   <li>{@code round}: published for all layers, here for those at least 512 wide both ways.
 * </ul>
 *
 * <p>The result is the best plan observed. Infeasible draws are shifted into the band instead of rejected, local
 * moves also jump and trade between two variables (without that, one seed in four missed that a type is best left dense), q
 * and k are one variable for grouped queries too, and sizes are the model's own, not the published constants. Where the budget
 * cannot pay for a dense v, v becomes a variable too; the facts say so.
 */
public final class BayesianAllocator implements Allocator {

    private static final double DIVERGENCE_WEIGHT = 1e-3;

    @Override
    public String id() {
        return "bayesian";
    }

    @Override
    public String summary() {
        return "Searches kept shares by layer type and depth with Bayesian optimisation on validation text (Bolaco).";
    }

    @Override
    public String version() {
        return "2";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                OptionSpec.whole("trials", 1, 10_000, 25, "Plans to score."),
                OptionSpec.whole("initial", 1, 1000, 3, "Plans of the initial design: the default one, then far ones."),
                OptionSpec.whole("groups", 1, 1000, 1, "Groups of consecutive blocks with shares of their own."),
                OptionSpec.flag("dense-v", true, "Leave v dense where the budget allows it."),
                OptionSpec.real("lowest", 0.001, 0.9, 0.2, "The smallest share that a layer may keep."),
                OptionSpec.real("slack", 0.001, 1, 0.03, "How far below the target a plan may be, in shares of all."),
                OptionSpec.choice(
                        "objective",
                        List.of("ppl", "bolaco"),
                        "Minimise perplexity, or perplexity plus 0.001 times the divergence from the dense model."),
                OptionSpec.choice(
                        "surrogate",
                        List.of("log", "plain"),
                        "Model the logarithm of the objective, or the objective itself."),
                OptionSpec.choice(
                        "score", List.of("repaired", "raw"), "Score plans after or before the repair to the budget."),
                OptionSpec.whole("candidates", 1, 1_000_000, 5000, "Random points a proposal is chosen from."),
                OptionSpec.whole(
                        "round", 1, 1024, 8, "Ranks are multiples of this in layers at least 512 wide both ways."),
                PlanScores.SEQUENCES);
    }

    @Override
    public Set<Need> needs(Options options) {
        return Set.of(Need.TRIALS);
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        Options options = allocation.options();
        if (allocation.budget().parameters() >= allocation.budget().dense()) {
            return RankWish.of(RankPlan.dense(allocation.layers()));
        }
        SearchSpace space = SearchSpace.of(
                allocation.budget(),
                allocation.layers(),
                Math.toIntExact(options.whole("groups")),
                options.flag("dense-v"),
                options.real("lowest"),
                options.real("slack"));
        int step = Math.toIntExact(options.whole("round"));
        PlanScores scores = new PlanScores(allocation);
        boolean repaired = options.text("score").equals("repaired");
        BayesianSearch search = new BayesianSearch(
                space,
                point -> {
                    RankPlan raw = space.plan(point, step);
                    return repaired ? scores.repaired(RankWish.of(raw)) : raw;
                },
                plan -> objective(scores, plan, options),
                new BayesianSearch.Effort(
                        Math.toIntExact(options.whole("trials")),
                        Math.toIntExact(options.whole("initial")),
                        Math.toIntExact(options.whole("candidates"))),
                allocation.seed());
        Observations observations = search.run();
        double[] best = observations.points().get(observations.best());
        RankWish wish = RankWish.of(space.plan(best, step))
                .with("shares", space.named(best))
                .with("dense_v", space.denseV())
                .with("lowest", space.lowest())
                .with("best_trial", (long) observations.best())
                .with("trace", trace(space, observations));
        return search.process()
                .map(process -> wish.with("kernel", facts(process)))
                .orElse(wish);
    }

    private static double objective(PlanScores scores, RankPlan plan, Options options) {
        boolean log = options.text("surrogate").equals("log");
        if (options.text("objective").equals("ppl")) {
            return log ? scores.nll(plan) : Math.exp(scores.nll(plan));
        }
        Trial trial = scores.both(plan);
        double sum = trial.perplexity() + DIVERGENCE_WEIGHT * trial.meanDivergence();
        return log ? Math.log(sum) : sum;
    }

    /** What each trial kept, before repair, and the objective as the process saw it. */
    private static List<Object> trace(SearchSpace space, Observations observations) {
        List<Object> trace = new ArrayList<>();
        double[] values = observations.values();
        for (int i = 0; i < values.length; i++) {
            trace.add(List.of(space.kept(observations.points().get(i)), values[i]));
        }
        return trace;
    }

    private static Map<String, Object> facts(GaussianProcess process) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("signal", process.kernel().signal());
        List<Object> scales = new ArrayList<>();
        for (double scale : process.kernel().lengthScales()) {
            scales.add(scale);
        }
        facts.put("length_scales", scales);
        facts.put("noise", process.kernel().noise());
        facts.put("jitter", process.jitter());
        return facts;
    }
}
