package org.rankgrid.engine.run;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.cache.CacheEntry;
import org.rankgrid.engine.cache.Identity;
import org.rankgrid.engine.cache.Stage;
import org.rankgrid.engine.calibrate.CalibrationSample;
import org.rankgrid.engine.calibrate.CalibrationStore;
import org.rankgrid.engine.calibrate.Calibrator;
import org.rankgrid.engine.calibrate.WeightGradientPass;
import org.rankgrid.engine.calibrate.WeightGradientStore;
import org.rankgrid.engine.decompose.Decomposer;
import org.rankgrid.engine.decompose.DecompositionStore;
import org.rankgrid.engine.grid.Calibration;
import org.rankgrid.engine.grid.LayerFilter;
import org.rankgrid.engine.grid.PluginChoice;
import org.rankgrid.engine.grid.TextSample;
import org.rankgrid.engine.score.PreparedTask;
import org.rankgrid.engine.score.TaskRun;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.factorize.LayerStatistic;
import org.rankgrid.spi.rank.Layer;

/**
 * One model and the stages its cells share, each done at most once: tokenised tasks, calibration samples, calibrations and
 * decompositions, the latter two from the cache where they are there.
 */
final class ModelStages implements AutoCloseable {

    /** Raised whenever a stage makes different numbers from the same input. */
    private static final int CALIBRATE_VERSION = 2;

    private static final int DECOMPOSE_VERSION = 1;

    /** The pass forward and backward that some factorizations take, as its progress has it. */
    static final String WEIGHT_GRADIENTS = "weight gradients";

    private static final String GRADIENTS = "gradients";

    private final Installation installation;
    private final Machine machine;
    private final Checkpoint checkpoint;
    private final List<Layer> layers;
    private final List<PreparedTask> tasks;
    private final ModelOracles oracles;
    private final Map<Calibration, CalibrationSample> samples = new HashMap<>();
    private final Map<String, DecompositionStore> decompositions = new HashMap<>();
    private final Map<TextSample, CalibrationSample> validations = new HashMap<>();
    private final SequencedMap<String, Double> seconds = new LinkedHashMap<>();
    private final Map<String, RuntimeException> failures = new HashMap<>();

    private ModelStages(
            Installation installation,
            Machine machine,
            Checkpoint checkpoint,
            List<Layer> layers,
            List<PreparedTask> tasks) {
        this.installation = installation;
        this.machine = machine;
        this.checkpoint = checkpoint;
        this.layers = layers;
        this.tasks = tasks;
        this.oracles = new ModelOracles(this, machine);
    }

    /** The version of the stages, for the identity of cells. */
    static String versions() {
        return "calibrate/" + CALIBRATE_VERSION + " decompose/" + DECOMPOSE_VERSION + " repair/1";
    }

    /**
     * Opens a model and prepares its tasks.
     *
     * @throws InputException if the model or a task's data cannot be used
     */
    static ModelStages open(
            Installation installation, Machine machine, String model, LayerFilter filter, List<TaskRun> runs) {
        Checkpoint checkpoint = installation.open(model);
        try {
            List<String> keys = checkpoint.layers().stream().map(Layer::key).toList();
            List<String> idle = filter.idle(keys);
            if (!idle.isEmpty()) {
                throw new InputException("layers.exclude: the pattern '" + idle.getFirst() + "' matches no layer of "
                        + model + ", whose layers have names like " + keys.getFirst());
            }
            List<Layer> layers = checkpoint.layers().stream()
                    .filter(layer -> !filter.excludes(layer.key()))
                    .toList();
            if (layers.isEmpty()) {
                throw new InputException("layers.exclude leaves no layer of " + model + " to compress");
            }
            List<PreparedTask> tasks = PreparedTask.of(
                    runs,
                    installation.corpora(),
                    checkpoint.tokenizer(),
                    checkpoint.spec().maximumPositions());
            return new ModelStages(installation, machine, checkpoint, layers, tasks);
        } catch (RuntimeException failure) {
            checkpoint.close();
            throw failure;
        }
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    /** The layers that may be compressed. */
    List<Layer> layers() {
        return layers;
    }

    List<PreparedTask> tasks() {
        return tasks;
    }

    /** Seconds spent on shared stages in this run, by stage. */
    SequencedMap<String, Double> seconds() {
        return seconds;
    }

    /** The tokens a calibration runs on. */
    CalibrationSample sample(Calibration calibration) {
        return samples.computeIfAbsent(calibration, c -> draw("calibration", c.sample(), c.groups()));
    }

    /** The tokens that plans are tried on. */
    CalibrationSample validation(TextSample text) {
        return validations.computeIfAbsent(text, sample -> draw("validation", sample, 1));
    }

    private CalibrationSample draw(String what, TextSample text, int groups) {
        int longest = checkpoint.spec().maximumPositions();
        if (text.length() > longest) {
            throw new InputException(what + ": a length of " + text.length() + " is more than the " + longest
                    + " positions of " + checkpoint.name());
        }
        int[] stream = checkpoint.tokenizer().encode(installation.corpora().joined(text.corpus()), true);
        return CalibrationSample.draw(text.corpus(), stream, text.sequences(), text.length(), groups, text.seed(0));
    }

    /** What allocators have measured while they run. */
    ModelOracles oracles() {
        return oracles;
    }

    /** An entry of the cache. */
    CacheEntry entry(Stage stage, Identity identity, String title) {
        return installation.cache().entry(stage, identity, title);
    }

    /** The calibration as far as it is in the cache. */
    CalibrationStore calibrationStore(Calibration calibration) {
        String title = "calibration of " + checkpoint.name() + " on "
                + calibration.sample().corpus() + ", " + calibration.sample().sequences() + " x "
                + calibration.sample().length();
        return new CalibrationStore(
                installation.cache().entry(Stage.CALIBRATION, identity(calibration), title),
                checkpoint.spec().blocks());
    }

    /** The calibration, computed if it is not in the cache. */
    CalibrationStore calibration(Calibration calibration, OptionalInt batch, Progress progress) {
        CalibrationStore store = calibrationStore(calibration);
        if (!store.isComplete()) {
            once(
                    "calibrate",
                    identity(calibration),
                    () -> new Calibrator(machine.backend(), batch.orElse(0))
                            .run(checkpoint, sample(calibration), progress, store));
        }
        return store;
    }

    /** The decompositions as far as they are in the cache. */
    DecompositionStore decompositionStore(Calibration calibration, PluginChoice<Factorization> factorization) {
        Identity identity = identity(calibration, factorization);
        return decompositions.computeIfAbsent(
                identity.hash(),
                hash -> new DecompositionStore(
                        installation
                                .cache()
                                .entry(
                                        Stage.DECOMPOSITION,
                                        identity,
                                        factorization.label() + " of " + checkpoint.name() + " on "
                                                + calibration.sample().corpus()),
                        checkpoint.layers()));
    }

    /** The decompositions, those computed that are not in the cache. */
    DecompositionStore decompositions(
            Calibration calibration,
            PluginChoice<Factorization> factorization,
            CalibrationStore statistics,
            Progress progress) {
        DecompositionStore store = decompositionStore(calibration, factorization);
        if (!store.missing(layers).isEmpty()) {
            if (needsGradients(factorization)) {
                weightGradients(calibration, statistics.weightGradients(), progress);
            }
            once(
                    "decompose",
                    identity(calibration, factorization),
                    () -> new Decomposer(machine.algebra(), machine.threads())
                            .run(
                                    checkpoint,
                                    layers,
                                    statistics,
                                    factorization.plugin(),
                                    factorization.options(),
                                    store,
                                    progress));
        }
        return store;
    }

    private void weightGradients(Calibration calibration, WeightGradientStore store, Progress progress) {
        if (!store.isComplete()) {
            once(
                    WEIGHT_GRADIENTS,
                    identity(calibration).with(GRADIENTS, WeightGradientPass.DESCRIPTION),
                    () -> new WeightGradientPass(machine.backend())
                            .run(checkpoint, sample(calibration), progress, store));
        }
    }

    /** Whether a factorization takes a pass forward and backward. */
    static boolean needsGradients(PluginChoice<Factorization> factorization) {
        return factorization.plugin().needs(factorization.options()).contains(LayerStatistic.WEIGHT_GRADIENTS);
    }

    @Override
    public void close() {
        oracles.close();
        decompositions.values().forEach(DecompositionStore::close);
        checkpoint.close();
    }

    private Identity identity(Calibration calibration) {
        return Identity.of("calibrate", CALIBRATE_VERSION)
                .with("model", checkpoint.fingerprint())
                .with("tokenizer", checkpoint.tokenizer().fingerprint())
                .with(
                        "corpus",
                        installation.corpora().fingerprint(calibration.sample().corpus()))
                .with("sequences", calibration.sample().sequences())
                .with("length", calibration.sample().length())
                .with("seed", calibration.sample().seed(0))
                .with("groups", calibration.groups())
                .with("arithmetic", machine.arithmetic());
    }

    /** What decides a decomposition. */
    Identity identity(Calibration calibration, PluginChoice<Factorization> factorization) {
        Identity calibrated = identity(calibration);
        if (needsGradients(factorization)) {
            calibrated = calibrated.with(GRADIENTS, WeightGradientPass.DESCRIPTION);
        }
        return calibrated
                .with("decompose", DECOMPOSE_VERSION)
                .with(
                        "factorization",
                        factorization.id() + " " + factorization.plugin().version())
                .with("options", factorization.options())
                .with("decompositions", machine.algebra().description());
    }

    /** Does and times a piece of work. One that failed fails again for every cell that needs it, without being tried again. */
    private void once(String stage, Identity identity, Runnable work) {
        RuntimeException earlier = failures.get(identity.hash());
        if (earlier != null) {
            throw earlier;
        }
        try {
            timed(stage, () -> {
                work.run();
                return stage;
            });
        } catch (RuntimeException failure) {
            failures.put(identity.hash(), failure);
            throw failure;
        }
    }

    /** Does a piece of work whose time no single cell is charged for. */
    <T> T timed(String stage, Supplier<T> work) {
        long began = System.nanoTime();
        try {
            return work.get();
        } finally {
            seconds.merge(stage, (System.nanoTime() - began) / 1e9, Double::sum);
        }
    }
}
