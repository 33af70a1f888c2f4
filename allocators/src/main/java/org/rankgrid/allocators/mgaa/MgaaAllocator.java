package org.rankgrid.allocators.mgaa;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rankgrid.numerics.EnergyCurve;
import org.rankgrid.numerics.EqualEnergy;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.allocate.Similarity;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;

/**
 * MGAA (Li, Tang, Zhang, arXiv 2507.03294): multi-granular adaptive allocation. Between sublayers the ratio follows the
 * cosine similarity of a sublayer's input and output; inside a sublayer all matrices retain the same share of energy.
 *
 * <p>The paper's idea, z-scores and alpha = 0.35 are confirmed by its abstract and summaries; its equations are not public.
 * The formulas here are reconstructions (ALGORITHMS A.1), and an option stands at each point that is open:
 *
 * <ul>
 *   <li>{@code similarity}: whether x is compared with x + f(x) or with f(x);
 *   <li>{@code group}: whether attention and feed-forward networks share one scale of z-scores;
 *   <li>{@code z}: whether the scale is mean and deviation, or median and MAD; the scores of the latter do not average 0,
 *       so that only the correction brings the target back;
 *   <li>{@code correction} and {@code beta}: how the target is met (the paper's Eq. 16, whose beta is the ratio of
 *       feed-forward to attention parameters). What a wrong beta misses is spread evenly afterwards;
 *   <li>the multiplicative tilt r = ratio (1 + alpha z) and the clipping to [0, {@code r-max}] are inferred without an
 *       alternative.
 * </ul>
 *
 * <p>{@code within: false} is the paper's ablation L-PCA (uniform inside a sublayer), {@code between: false} its E-PCA. The
 * statistics come from the dense model in one pass; the authors may have calibrated block after block.
 */
public final class MgaaAllocator implements Allocator {

    /** A sublayer's budget is often a whole number spoilt by rounding; this much is added before it is floored. */
    private static final double ROUNDING = 1e-6;

    @Override
    public String id() {
        return "mgaa";
    }

    @Override
    public String summary() {
        return "Compresses sublayers that change the residual stream little more, with equal energy inside each.";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                OptionSpec.real("alpha", 0, 10, 0.35, "How strongly similarity tilts the ratios of the sublayers."),
                OptionSpec.choice(
                        "similarity",
                        List.of("residual", "branch"),
                        "Compare a sublayer's input x with x + f(x) (residual) or with f(x) (branch)."),
                OptionSpec.choice(
                        "group",
                        List.of("joint", "per-type"),
                        "Z-scores over all sublayers together, or over attention and feed-forward networks apart."),
                OptionSpec.choice(
                        "z",
                        List.of("standard", "robust"),
                        "Z-scores by mean and deviation, or by median and MAD clipped to 3."),
                OptionSpec.choice(
                        "correction",
                        List.of("shift", "scale", "ffn"),
                        "How the target is met: add to all ratios, multiply all, or add to the feed-forward ones."),
                OptionSpec.real(
                        "beta",
                        0,
                        1000,
                        0,
                        "Feed-forward over attention parameters, as correction ffn takes them; 0 means the model's own."),
                OptionSpec.real("r-max", 0.1, 1, 0.95, "The largest share that a sublayer may lose."),
                OptionSpec.flag("between", true, "Ratios by similarity; false gives every sublayer the same (E-PCA)."),
                OptionSpec.flag("within", true, "Equal energy inside a sublayer; false is uniform there (L-PCA)."),
                OptionSpec.whole(
                        "skip",
                        0,
                        64,
                        0,
                        "Leading components of every layer that are kept and left out of the energy shares."));
    }

    @Override
    public Set<Need> needs(Options options) {
        Set<Need> needs = EnumSet.noneOf(Need.class);
        if (options.flag("between")) {
            needs.add(Need.SIMILARITIES);
        }
        if (options.flag("within")) {
            needs.add(Need.SPECTRA);
        }
        return needs;
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        List<SublayerLayers> sublayers = SublayerLayers.of(allocation.layers());
        double[] ratios = ratios(allocation, sublayers);
        double[] wishes = new double[allocation.layers().size()];
        for (int s = 0; s < ratios.length; s++) {
            List<Integer> indexes = sublayers.get(s).indexes();
            double[] ranks = ranks(allocation, sublayers.get(s), ratios[s]);
            for (int j = 0; j < ranks.length; j++) {
                wishes[indexes.get(j)] = ranks[j];
            }
        }
        return new RankWish(wishes);
    }

    private static double[] ratios(Allocation allocation, List<SublayerLayers> sublayers) {
        Options options = allocation.options();
        double target = allocation.budget().ratio().doubleValue();
        if (!options.flag("between")) {
            double[] equal = new double[sublayers.size()];
            Arrays.fill(equal, target);
            return equal;
        }
        SublayerRatios.Rule rule = new SublayerRatios.Rule(
                options.real("alpha"),
                options.text("group").equals("per-type"),
                options.text("z").equals("robust"),
                Correction.valueOf(options.text("correction").toUpperCase(Locale.ROOT)),
                options.real("beta"),
                options.real("r-max"));
        return SublayerRatios.of(target, sublayers, similarities(allocation, sublayers), rule);
    }

    private static double[] similarities(Allocation allocation, List<SublayerLayers> sublayers) {
        boolean branch = allocation.options().text("similarity").equals("branch");
        double[] similarities = new double[sublayers.size()];
        for (int s = 0; s < similarities.length; s++) {
            SublayerLayers place = sublayers.get(s);
            Similarity similarity = allocation.statistics().sublayer(place.block(), place.sublayer());
            similarities[s] = branch ? similarity.branch() : similarity.residual();
            if (!Double.isFinite(similarities[s])) {
                throw new IllegalArgumentException("the similarity of " + place.sublayer() + " in block "
                        + place.block() + " is " + similarities[s]);
            }
        }
        return similarities;
    }

    /** The wishes for the layers of a sublayer that loses this share of its parameters. */
    private static double[] ranks(Allocation allocation, SublayerLayers sublayer, double ratio) {
        List<Layer> layers =
                sublayer.indexes().stream().map(allocation.layers()::get).toList();
        if (ratio <= 0) {
            double[] dense = new double[layers.size()];
            Arrays.fill(dense, RankWish.DENSE);
            return dense;
        }
        if (!allocation.options().flag("within")) {
            return layers.stream()
                    .mapToDouble(layer -> Math.floor((1 - ratio) * layer.breakEvenRank() + ROUNDING))
                    .toArray();
        }
        int skip = Math.toIntExact(allocation.options().whole("skip"));
        List<EnergyCurve> curves = sublayer.indexes().stream()
                .map(i -> EnergyCurve.of(allocation.statistics().spectrum(i), skip))
                .toList();
        long budget = (long) Math.floor((1 - ratio) * sublayer.parameters() + ROUNDING);
        return EqualEnergy.within(budget, layers, curves).wishes();
    }
}
