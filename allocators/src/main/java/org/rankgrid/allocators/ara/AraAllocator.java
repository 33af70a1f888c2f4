package org.rankgrid.allocators.ara;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.IntStream;
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
 * ARA (Xv, Gao, Gao, Liu, Fu, arXiv 2510.19389): adaptive rank allocation by trained masks. Each layer's mask is a staircase
 * over its components whose parameters all see the whole spectrum; a layer whose expected ratio reaches 1 runs dense; a soft
 * penalty ties the size to the budget, a guidance loss pushes layers across the kink at dense, and the ranks are scaled to the
 * budget by one scalar in the end.
 *
 * <p>That much is confirmed by abstract and reviews. The body of the paper and its code are not public, so that every formula
 * here is a reconstruction (ALGORITHMS C.2, inferred throughout): the loss is nll + {@code size-weight} (R - target)^2 +
 * {@code guidance-weight} L_g with R the expected share of parameters kept; AdamW without weight decay; the initial theta is
 * a tilt, since a narrow bump around the same rank leaves other stairs without gradient and stays put. Learning rate, init and
 * the hard mask matter, the guidance hardly does.
 *
 * <p>{@code start} names an allocator whose ranks are the expected ranks that training begins with, instead of the same share
 * for every layer; layers it leaves dense begin midway between break-even and full rank, where the gradient still lives.
 *
 * <p>Nothing is drawn at random here: the order of the text is the objective's, and follows the cell's seed.
 */
public final class AraAllocator implements Allocator {

    @Override
    public String id() {
        return "ara";
    }

    @Override
    public String summary() {
        return "Trains staircase masks on the loss of the model, each layer's way to dense included (ARA).";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                OptionSpec.whole("steps", 1, 100_000, 64, "Updates of the masks."),
                OptionSpec.whole(
                        "length", 2, 1 << 20, 256, "Tokens of a piece of text, at most a calibration sequence."),
                OptionSpec.whole("batch", 1, 4096, 1, "Pieces of text a step."),
                OptionSpec.whole("stairs", 2, 10_000, 100, "Stairs of a mask, D."),
                OptionSpec.real("lr", 1e-6, 100, 0.05, "Learning rate of AdamW."),
                OptionSpec.real("size-weight", 0, 1e6, 100, "Weight of the squared distance from the target size."),
                OptionSpec.real("guidance-weight", 0, 1e6, 1, "Weight of the guidance loss."),
                OptionSpec.choice(
                        "guidance",
                        List.of("bimodal", "pull-up", "none"),
                        "Discourage being almost dense (bimodal), reward retained energy (pull-up), or neither."),
                OptionSpec.flag("hard", true, "Run the model with ones and zeros, not with the soft mask."),
                OptionSpec.choice(
                        "init",
                        List.of("tilt", "bump"),
                        "Begin with the widest distribution over stairs of the wanted rank, or a bell five stairs wide."),
                OptionSpec.allocator(
                        "start", AllocatorReference.NONE, "The allocator whose ranks the training begins with."));
    }

    @Override
    public Set<Need> needs(Options options) {
        Set<Need> needs = EnumSet.of(Need.MASKS);
        if (options.text("guidance").equals("pull-up")) {
            needs.add(Need.SPECTRA);
        }
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
        Penalty penalty = penalty(
                size, guidance(allocation, size), options, allocation.budget().keptShare());
        MaskTraining.Settings settings = new MaskTraining.Settings(
                Math.toIntExact(options.whole("steps")),
                Math.toIntExact(options.whole("batch")),
                Math.toIntExact(options.whole("length")),
                options.real("lr"),
                false);
        int stairs = Math.toIntExact(options.whole("stairs"));
        boolean tilt = options.text("init").equals("tilt");
        double[] ranks = StartRanks.of(allocation, "start");
        List<StaircaseMask> masks = new ArrayList<>();
        List<double[]> thetas = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            StaircaseMask mask = new StaircaseMask(layers.get(i), stairs, options.flag("hard"));
            masks.add(mask);
            thetas.add(tilt ? mask.tilt(ranks[i]) : mask.bump(ranks[i]));
        }
        MaskTraining.Trained trained =
                new MaskTraining(allocation.statistics().masks(), size, penalty, settings).run(masks, thetas);
        return trained.wish(size, size.scaledTo(allocation.budget(), trained.ranks()));
    }

    private static Penalty penalty(ExpectedSize size, Guidance guidance, Options options, double target) {
        double sizeWeight = options.real("size-weight");
        double guidanceWeight = options.real("guidance-weight");
        return ranks -> {
            double share = size.share(ranks);
            double[] gradient = new double[ranks.length];
            for (int i = 0; i < ranks.length; i++) {
                gradient[i] = sizeWeight * 2 * (share - target) * size.slope(i, ranks[i])
                        + guidanceWeight * guidance.slope(i, ranks[i]);
            }
            SequencedMap<String, Double> curve = new LinkedHashMap<>();
            curve.put("size", share);
            curve.put("guidance", guidance.value(ranks));
            return new Penalty.Terms(gradient, curve);
        };
    }

    private static Guidance guidance(Allocation allocation, ExpectedSize size) {
        return switch (allocation.options().text("guidance")) {
            case "bimodal" -> new Guidance.Bimodal(size);
            case "pull-up" ->
                new Guidance.PullUp(
                        size,
                        IntStream.range(0, allocation.layers().size())
                                .mapToObj(allocation.statistics()::spectrum)
                                .toList());
            default -> Guidance.NONE;
        };
    }
}
