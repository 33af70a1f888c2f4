package org.rankgrid.engine.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.rankgrid.engine.calibrate.BlockRecorder;
import org.rankgrid.engine.gradient.ComponentSums;
import org.rankgrid.engine.gradient.SequencePasses;
import org.rankgrid.engine.grid.PluginChoice;
import org.rankgrid.engine.run.Speeds.Measured;
import org.rankgrid.model.decoder.BlockObserver;
import org.rankgrid.model.decoder.ComponentDecoder;
import org.rankgrid.model.decoder.Components;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.model.decoder.DecoderBlock;
import org.rankgrid.model.decoder.DecoderSpec;
import org.rankgrid.model.decoder.DecoderWeights;
import org.rankgrid.model.decoder.LinearWeights;
import org.rankgrid.model.decoder.Workspace;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.rank.Layer;

/**
 * Measures how fast a machine does each kind of work on a model: the work itself, on the model's first block, with sequences
 * of the lengths that will come.
 */
final class SpeedProbe {

    /** Tokens of a pass, as scoring and calibration fill it. */
    private static final int PASS = 2048;

    /** A repetition of the head costs about so many operations at most. */
    private static final double HEAD_FLOPS = 2e10;

    /** Parameters of a model that is measured whole. */
    private static final long SMALL_MODEL = 20_000_000;

    private final ModelStages stages;
    private final Machine machine;
    private final Backend backend;
    private final DecoderSpec spec;
    private final Price price;
    private final double keptShare;
    private final Optional<PluginChoice<Factorization>> factorization;
    private final Stopwatch watch = new Stopwatch();

    /**
     * A probe.
     *
     * @param keptShare of the parameters of factored layers
     * @param factorization whose decompositions are timed; empty where none will come
     */
    SpeedProbe(
            ModelStages stages,
            Machine machine,
            double keptShare,
            Optional<PluginChoice<Factorization>> factorization) {
        this.stages = stages;
        this.machine = machine;
        this.backend = machine.backend();
        this.spec = new FirstBlocks(stages.checkpoint(), 1).spec();
        this.price = new Price(spec, layers(1));
        this.keptShare = keptShare;
        this.factorization = factorization;
    }

    /** Measures what it takes to say how long some work takes. */
    Speeds measure(Collection<Work> asked) {
        SequencedMap<Measured, Double> speeds = new LinkedHashMap<>();
        for (Work work : asked) {
            if (work.kind() != Work.Kind.TIME) {
                speeds.computeIfAbsent(Measured.of(work), this::measure);
            }
        }
        return new Speeds(speeds, watch.lostSeconds());
    }

    private double measure(Measured what) {
        return switch (what.kind()) {
            case DENSE_BLOCKS -> blocks(dense(), (double) price.dense(), full(what.length()), false);
            case CALIBRATED_BLOCKS -> blocks(dense(), (double) price.dense(), full(what.length()), true);
            case FACTORED_BLOCKS -> blocks(factored(), kept(), full(what.length()), false);
            case TRIED_BLOCKS -> blocks(factored(), kept(), PackedSequences.ofLengths(what.length()), false);
            case GRADIENTS -> training(what.length(), full(what.length()).count(), false);
            case MASK_STEPS -> training(Math.min(what.length(), spec.maximumPositions()), 1, true);
            case HEAD -> head();
            case LOADING -> loading();
            case DECOMPOSITION ->
                new DecompositionProbe(machine, watch)
                        .flopsPerSecond(stages.checkpoint(), layers(1), factorization.orElseThrow());
            case TIME -> 1;
        };
    }

    private double blocks(DecoderWeights weights, double parameters, PackedSequences packing, boolean calibrated) {
        int length = packing.length(0);
        try (Scope scope = backend.scope();
                Workspace workspace = new Workspace(spec, backend)) {
            DecoderBlock block = DecoderBlock.load(weights, 0, backend, scope);
            Tensor stream = scope.upload(wave(packing.tokens() * spec.hidden()), packing.tokens(), spec.hidden());
            Tensor next = scope.tensor(packing.tokens(), spec.hidden());
            float[] first = new float[spec.hidden()];
            BlockObserver observer = calibrated ? recorder(scope, packing) : BlockObserver.NONE;
            double seconds = watch.seconds(() -> {
                block.forward(stream, next, packing, workspace, observer);
                backend.download(next, 0, 1, first);
            });
            double flops = calibrated
                    ? price.calibration(packing.tokens(), length).amount()
                    : price.forward(parameters, packing.tokens(), length);
            return flops / seconds;
        }
    }

    private BlockRecorder recorder(Scope scope, PackedSequences packing) {
        BlockRecorder recorder = new BlockRecorder(backend.operations(), scope, 1);
        recorder.begin(packing, new int[packing.count()]);
        return recorder;
    }

    private double head() {
        int rows = (int) Math.clamp(HEAD_FLOPS / price.head(1), 64, PASS);
        try (Decoder decoder = Decoder.load(new FirstBlocks(stages.checkpoint(), 1), backend);
                Scope scope = backend.scope()) {
            Tensor hidden = scope.upload(wave(rows * spec.hidden()), rows, spec.hidden());
            int[] each = new int[rows];
            int[] targets = new int[rows];
            for (int i = 0; i < rows; i++) {
                each[i] = i;
                targets[i] = i % spec.vocabulary();
            }
            return price.head(rows)
                    / watch.seconds(
                            () -> decoder.logProbabilities(hidden, each, targets, new double[rows], new int[rows]));
        }
    }

    private double loading() {
        DecoderWeights first = new FirstBlocks(stages.checkpoint(), 1);
        double parameters = price.dense() + (double) spec.vocabulary() * spec.hidden();
        return parameters / watch.seconds(() -> Decoder.load(first, backend).close());
    }

    /** Passes of the whole model forward and backward, judged by passes of one block and of some more. */
    private double training(int length, int sequences, boolean masked) {
        int all = stages.checkpoint().spec().blocks();
        int some = stages.checkpoint().parameters() < SMALL_MODEL ? all : Math.min(2, all);
        double seconds = pass(some, length, sequences, masked);
        if (some < all) {
            double one = pass(1, length, sequences, masked);
            seconds += (all - some) * Math.max(0, seconds - one) / (some - 1);
        }
        Price whole = new Price(stages.checkpoint().spec(), stages.layers());
        return whole.training((double) length * sequences, length, true) / seconds;
    }

    /** Seconds of a pass forward and backward through the first blocks and the head. */
    private double pass(int blocks, int length, int sequences, boolean masked) {
        List<Layer> layers = layers(blocks);
        List<int[]> text = new ArrayList<>();
        for (int s = 0; s < sequences; s++) {
            int[] ids = new int[length];
            for (int t = 0; t < length; t++) {
                ids[t] = (s + t) % spec.vocabulary();
            }
            text.add(ids);
        }
        List<float[]> masks = layers.stream()
                .map(layer -> {
                    float[] mask = new float[layer.fullRank()];
                    Arrays.fill(mask, 0, Math.max(1, rank(layer)), 0.5f);
                    return mask;
                })
                .toList();
        try (ComponentDecoder decoder = ComponentDecoder.load(
                new FirstBlocks(stages.checkpoint(), blocks), layers, SpeedProbe::components, backend)) {
            return watch.seconds(() -> {
                if (masked) {
                    decoder.use(masks);
                }
                try (ComponentSums sums = new ComponentSums(backend, layers)) {
                    SequencePasses.run(decoder, text, pass -> sums.observer(pass.packing()));
                    sums.values();
                }
            });
        }
    }

    private List<Layer> layers(int blocks) {
        return stages.layers().stream().filter(layer -> layer.block() < blocks).toList();
    }

    private DecoderWeights dense() {
        return stages.checkpoint();
    }

    private DecoderWeights factored() {
        Map<String, LinearWeights> factors = new LinkedHashMap<>();
        for (Layer layer : layers(1)) {
            int rank = rank(layer);
            if (rank > 0) {
                factors.put(
                        layer.key(),
                        new LinearWeights.LowRank(
                                small(layer.rows(), rank),
                                small(rank, layer.columns()),
                                dense().linear(layer.key()).bias()));
            }
        }
        return dense().withLinears(factors);
    }

    /** Parameters of the first block's layers once they are factored. */
    private double kept() {
        double kept = 0;
        for (Layer layer : layers(1)) {
            int rank = rank(layer);
            kept += rank > 0 ? (double) rank * layer.costOfRank() : layer.parameters();
        }
        return kept;
    }

    private int rank(Layer layer) {
        return (int) Math.min(layer.largestSavingRank(), Math.round(keptShare * layer.breakEvenRank()));
    }

    private static Components components(Layer layer) {
        int k = layer.fullRank();
        return new Components(small(layer.rows(), k), small(k, layer.columns()), Optional.empty());
    }

    private static PackedSequences full(int length) {
        List<Integer> lengths = new ArrayList<>();
        for (int s = 0; s < Math.max(1, PASS / length); s++) {
            lengths.add(length);
        }
        return PackedSequences.ofLengths(lengths);
    }

    /** Some values of about the size that activations have. */
    private static float[] wave(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) Math.sin(i);
        }
        return values;
    }

    private static RowSource small(int rows, int columns) {
        float[] values = wave(rows * columns);
        for (int i = 0; i < values.length; i++) {
            values[i] *= 0.01f;
        }
        return RowSource.of(values, rows, columns);
    }
}
