package org.rankgrid.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.rankgrid.cli.bench.WindowScoring;
import org.rankgrid.engine.Effort;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.compress.Compressor;
import org.rankgrid.engine.decompose.DecompositionStore;
import org.rankgrid.engine.mask.MaskTraining;
import org.rankgrid.engine.run.Installation;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.engine.score.Batching;
import org.rankgrid.engine.score.PreparedTask;
import org.rankgrid.engine.score.Scorer;
import org.rankgrid.engine.score.TaskRun;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.model.decoder.ComponentDecoder;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.spi.allocate.MaskObjective;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.task.Task;

/** The pieces of work over one model, each over the same windows of one corpus. */
final class ModelPieces implements AutoCloseable {

    /** Words of all pieces, in the order in which a round does them. */
    static final List<String> WORKS =
            List.of("eval", "blocks", "calibrate", "uniform-0.4", "mask-step", "zero-shot", "zero-shot-shared");

    private static final double MASKED_RATIO = 0.2;

    private static final double COMPRESSED_RATIO = 0.4;

    private static final String ZERO_SHOT = "arc_easy";

    private static final int ZERO_SHOT_ITEMS = 50;

    private final Installation installation;
    private final Machine machine;
    private final Backend backend;
    private final Checkpoint checkpoint;
    private final String corpus;
    private final int tokens;
    private final Decoder dense;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private @Nullable DecompositionStore decompositions;
    private @Nullable Decoder compressed;
    private @Nullable ComponentDecoder components;

    /**
     * Opens a model.
     *
     * @param tokens of one repetition, rounded down to whole windows
     * @throws org.rankgrid.spi.InputException if the model cannot be used
     */
    ModelPieces(Installation installation, Machine machine, String model, String corpus, int tokens) {
        this.installation = installation;
        this.machine = machine;
        this.backend = machine.backend();
        this.corpus = corpus;
        this.tokens = tokens;
        checkpoint = kept(installation.open(model));
        dense = kept(Decoder.load(checkpoint, backend));
    }

    /** Whether a window fits into the model's positions. */
    boolean takes(int window) {
        return window <= checkpoint.spec().maximumPositions();
    }

    String model() {
        return checkpoint.name();
    }

    /** A piece by its word, one of {@link #WORKS}. */
    Piece piece(String work, int window) {
        return switch (work) {
            case "eval" -> scoring(work, dense, window);
            case "blocks" -> blocks(window);
            case "calibrate" -> calibration(window);
            case "uniform-0.4" -> scoring(work, compressed(window), window);
            case "mask-step" -> maskStep(window);
            case "zero-shot" -> zeroShot(work, Batching.DEFAULT);
            case "zero-shot-shared" -> zeroShot(work, new Batching(OptionalInt.empty(), true));
            default -> throw new IllegalArgumentException("no piece of work " + work);
        };
    }

    /** Whether a piece is the same for all windows. */
    static boolean hasNoWindow(String work) {
        return work.startsWith("zero-shot");
    }

    private Piece scoring(String work, Decoder decoder, int window) {
        WindowScoring scoring = new WindowScoring(backend, decoder, windows(window));
        return new Piece(work, window, scoring.tokens(), scoring::run);
    }

    /** A forward pass without the head: the embedding, all blocks, the final norm. */
    private Piece blocks(int window) {
        List<int[]> windows = windows(window);
        int together = Math.max(1, 2048 / window);
        float[] row = new float[checkpoint.spec().hidden()];
        return new Piece("blocks", window, (long) windows.size() * window, () -> {
            for (int from = 0; from < windows.size(); from += together) {
                List<int[]> pass = windows.subList(from, Math.min(windows.size(), from + together));
                int[] ids = pass.stream().flatMapToInt(Arrays::stream).toArray();
                PackedSequences batch = PackedSequences.ofLengths(
                        pass.stream().map(sequence -> sequence.length).toList());
                try (Scope scope = backend.scope()) {
                    backend.download(dense.hidden(ids, batch, scope), ids.length - 1, 1, row);
                }
            }
        });
    }

    private Piece calibration(int window) {
        List<int[]> windows = windows(window);
        return new Piece("calibrate", window, (long) windows.size() * window, () -> {
            try (SharedStages stages = new SharedStages(machine, checkpoint)) {
                stages.calibrate(SharedStages.sample(windows));
            }
        });
    }

    /** One evaluation of the loss under masks with all gradients, of ones up to the rank that uniform keeps at 0.2. */
    private Piece maskStep(int window) {
        List<int[]> windows = windows(window);
        ComponentDecoder decoder = components(window);
        List<Layer> layers = checkpoint.layers();
        MaskTraining training =
                new MaskTraining(() -> decoder, backend, layers, windows, 0, new Effort(), Progress.NONE);
        List<float[]> masks = layers.stream().map(ModelPieces::mask).toList();
        return new Piece(
                "mask-step",
                window,
                (long) windows.size() * window,
                () -> training.evaluate(masks, new MaskObjective.Batch(0, windows.size(), window)));
    }

    private Piece zeroShot(String work, Batching batching) {
        Task task = installation.plugins().tasks().get(ZERO_SHOT);
        TaskRun run = new TaskRun(ZERO_SHOT, task, Options.defaults(task.options()), OptionalInt.of(ZERO_SHOT_ITEMS));
        PreparedTask prepared = PreparedTask.of(
                        List.of(run),
                        installation.corpora(),
                        checkpoint.tokenizer(),
                        checkpoint.spec().maximumPositions())
                .getFirst();
        return new Piece(
                work,
                0,
                Batching.DEFAULT.tokens(prepared.requests()),
                () -> new Scorer(backend, batching).score(dense, prepared.requests(), Progress.NONE, work));
    }

    private Decoder compressed(int window) {
        if (compressed == null) {
            RankPlan plan = uniform(checkpoint.layers(), COMPRESSED_RATIO);
            compressed = kept(Decoder.load(Compressor.compress(checkpoint, plan, decompositions(window)), backend));
        }
        return compressed;
    }

    private ComponentDecoder components(int window) {
        if (components == null) {
            DecompositionStore store = decompositions(window);
            components = kept(ComponentDecoder.load(checkpoint, checkpoint.layers(), store::components, backend));
        }
        return components;
    }

    private DecompositionStore decompositions(int window) {
        if (decompositions == null) {
            SharedStages stages = kept(new SharedStages(machine, checkpoint));
            Factorization pca = installation.plugins().factorizations().get("pca");
            decompositions = kept(stages.decompose(
                    stages.calibrate(SharedStages.sample(windows(window))), pca, Options.defaults(pca.options())));
        }
        return decompositions;
    }

    /** The same share of every layer. */
    private static RankPlan uniform(List<Layer> layers, double ratio) {
        return new RankPlan(
                layers, layers.stream().mapToInt(layer -> rank(layer, ratio)).toArray());
    }

    private static int rank(Layer layer, double ratio) {
        return Math.max(1, (int) ((1 - ratio) * layer.breakEvenRank()));
    }

    private static float[] mask(Layer layer) {
        float[] mask = new float[layer.fullRank()];
        Arrays.fill(mask, 0, rank(layer, MASKED_RATIO), 1);
        return mask;
    }

    private List<int[]> windows(int window) {
        return WindowScoring.windows(checkpoint, installation.corpora(), corpus, window, Math.max(1, tokens / window));
    }

    private <T extends AutoCloseable> T kept(T resource) {
        opened.add(resource);
        return resource;
    }

    @Override
    public void close() {
        for (AutoCloseable resource : opened.reversed()) {
            try {
                resource.close();
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception failure) {
                throw new IllegalStateException("a resource of the benchmark cannot be closed", failure);
            }
        }
    }
}
