package org.rankgrid.allocators.tanhmask;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.rankgrid.allocators.masks.ExpectedSize;
import org.rankgrid.allocators.masks.MaskTraining;
import org.rankgrid.allocators.masks.Penalty;
import org.rankgrid.allocators.masks.StartRanks;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.AllocatorReference;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;

/**
 * Trained tanh masks after Dobi-SVD (arXiv 2502.02723; ALGORITHMS D.11): one number k a layer, a soft mask that falls from 1
 * to 0 around component k, and a loss of perplexity plus {@code size-weight} |R - target| plus a penalty on k outside [1, K].
 *
 * <p>What differs from the original: it masks components of the layer under the cell's factorization, not of the activations
 * of each sequence; it does not update weights; k is trained as a share of K, so that {@code lr} means the same for layers of
 * any size (the original's 5 to 4 components of 2048 are 0.0025 to 0.002, over thousands of steps); ranks are scaled to the
 * budget by one scalar in the end. The default {@code sharpness} is 1, not 10, because a mask that falls within a fifth of a
 * component has no gradient between two whole ranks; that of {@code size-weight} is 300, not 30 to 200, because at
 * perplexities far above 6 the loss otherwise buys size, which the scaling then takes away again. A layer costs at most its
 * dense weight, so that past break-even its rank grows freely until the mask is all ones.
 */
public final class TanhMaskAllocator implements Allocator {

    @Override
    public String id() {
        return "tanh-mask";
    }

    @Override
    public String summary() {
        return "Trains one rank a layer through a soft tanh mask on the loss of the model (Dobi-SVD).";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                OptionSpec.whole("steps", 1, 100_000, 64, "Updates of the ranks."),
                OptionSpec.whole(
                        "length", 2, 1 << 20, 256, "Tokens of a piece of text, at most a calibration sequence."),
                OptionSpec.whole("batch", 1, 4096, 1, "Pieces of text a step."),
                OptionSpec.real("lr", 1e-6, 1, 0.03, "Learning rate of AdamW, in shares of the full rank."),
                OptionSpec.real("sharpness", 1e-3, 1000, 1, "Beta: the mask falls within about 2 / beta components."),
                OptionSpec.real("size-weight", 0, 1e6, 300, "Weight of the distance from the target size."),
                OptionSpec.real(
                        "range-weight", 0, 1e6, 10, "Weight of what a share of the full rank misses [0, 1] by."),
                OptionSpec.choice(
                        "loss",
                        List.of("perplexity", "nll"),
                        "What the penalties are added to: perplexity, or its log."),
                OptionSpec.allocator(
                        "start", AllocatorReference.NONE, "The allocator whose ranks the training begins with."));
    }

    @Override
    public Set<Need> needs(Options options) {
        Set<Need> needs = EnumSet.of(Need.MASKS);
        if (options.allocator("start").isPresent()) {
            needs.add(Need.START);
        }
        return needs;
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        Options options = allocation.options();
        List<Layer> layers = allocation.layers();
        ExpectedSize size = new ExpectedSize(layers);
        MaskTraining.Settings settings = new MaskTraining.Settings(
                Math.toIntExact(options.whole("steps")),
                Math.toIntExact(options.whole("batch")),
                Math.toIntExact(options.whole("length")),
                options.real("lr"),
                options.text("loss").equals("perplexity"));
        double[] ranks = StartRanks.of(allocation, "start");
        List<TanhMask> masks = new ArrayList<>();
        List<double[]> parameters = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            int components = layers.get(i).fullRank();
            masks.add(new TanhMask(components, options.real("sharpness")));
            parameters.add(new double[] {ranks[i] / components});
        }
        Penalty penalty = penalty(size, options, allocation.budget().keptShare());
        MaskTraining.Trained trained =
                new MaskTraining(allocation.statistics().masks(), size, penalty, settings).run(masks, parameters);
        double[] wanted = trained.ranks();
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = Math.max(wanted[i], 1);
        }
        return trained.wish(size, size.scaledTo(allocation.budget(), wanted));
    }

    private static Penalty penalty(ExpectedSize size, Options options, double target) {
        double sizeWeight = options.real("size-weight");
        double rangeWeight = options.real("range-weight");
        return ranks -> {
            double share = size.share(ranks);
            double outside = 0;
            double[] gradient = new double[ranks.length];
            for (int i = 0; i < ranks.length; i++) {
                int components = size.layers().get(i).fullRank();
                outside += Math.max(0, ranks[i] - components) / components + Math.max(0, 1 - ranks[i]) / components;
                double side = ranks[i] > components ? 1 : ranks[i] < 1 ? -1 : 0;
                gradient[i] = sizeWeight * Math.signum(share - target) * size.slope(i, ranks[i])
                        + rangeWeight * side / components;
            }
            SequencedMap<String, Double> curve = new LinkedHashMap<>();
            curve.put("size", share);
            curve.put("range", outside);
            return new Penalty.Terms(gradient, curve);
        };
    }
}
