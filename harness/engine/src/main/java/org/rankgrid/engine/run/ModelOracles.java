package org.rankgrid.engine.run;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rankgrid.engine.Effort;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.allocate.Oracles;
import org.rankgrid.engine.cache.CacheEntry;
import org.rankgrid.engine.cache.Identity;
import org.rankgrid.engine.cache.Stage;
import org.rankgrid.engine.calibrate.CalibrationSample;
import org.rankgrid.engine.decompose.DecompositionStore;
import org.rankgrid.engine.gradient.GradientStore;
import org.rankgrid.engine.gradient.LossGradients;
import org.rankgrid.engine.grid.Compression;
import org.rankgrid.engine.grid.TextSample;
import org.rankgrid.engine.mask.MaskTraining;
import org.rankgrid.engine.trial.TrialLog;
import org.rankgrid.engine.trial.TrialOracle;
import org.rankgrid.engine.trial.TrialScorer;
import org.rankgrid.model.decoder.ComponentDecoder;
import org.rankgrid.spi.Sha256;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.rank.Layer;

/**
 * What allocators have measured on one model while they run: trials, gradients and masks, all through one component decoder,
 * which is loaded when one of them first needs it and stays until a cell of another factorization or calibration needs its
 * own. It holds the dense weights and all components of the layers, two to three times the dense model; the streams that
 * trials keep take {@value #STREAM_BYTES} bytes at most besides.
 */
final class ModelOracles implements AutoCloseable {

    /** The shared stage that puts the model and its components on the backend. */
    static final String LOADING = "load components";

    /** What the kept streams of trials may take. */
    private static final long STREAM_BYTES = 2L << 30;

    /** Raised whenever an oracle makes different numbers from the same input. */
    private static final int TRIAL_VERSION = 2;

    private static final int GRADIENT_VERSION = 5;
    private static final int MASK_VERSION = 5;

    private final ModelStages stages;
    private final Machine machine;
    private final Map<String, TrialLog> logs = new HashMap<>();
    private final Map<String, TrialScorer> scorers = new HashMap<>();
    private String loaded = "";
    private @Nullable ComponentDecoder decoder;

    ModelOracles(ModelStages stages, Machine machine) {
        this.stages = stages;
        this.machine = machine;
    }

    /** The version of what measures a need, for the identity of cells; empty for one that calibration measures. */
    static Optional<String> version(Need need) {
        return switch (need) {
            case TRIALS -> Optional.of("trial/" + TRIAL_VERSION);
            case GRADIENTS -> Optional.of("gradient/" + GRADIENT_VERSION);
            case MASKS -> Optional.of("mask/" + MASK_VERSION);
            case SPECTRA, SIMILARITIES, START -> Optional.empty();
        };
    }

    /** The oracles of a cell; valid until those of another cell are asked for. */
    Oracles of(Compression compression, DecompositionStore decompositions, Effort effort, Progress progress) {
        Identity identity = stages.identity(compression.calibration(), compression.factorization());
        if (!identity.hash().equals(loaded)) {
            unload();
            loaded = identity.hash();
        }
        Supplier<ComponentDecoder> model = () -> decoder(decompositions, progress);
        CalibrationSample calibration = stages.sample(compression.calibration());
        Supplier<GradientStore> gradients = () -> new GradientStore(
                entry(Stage.GRADIENT, identity.with("gradient", GRADIENT_VERSION), "gradients", compression),
                stages.layers());
        return new Oracles(
                () -> new LossGradients(
                        model,
                        machine.backend(),
                        stages.layers(),
                        calibration.sequences(),
                        gradients.get(),
                        effort,
                        progress),
                () -> trials(compression, identity, model, effort, progress),
                () -> new MaskTraining(
                        model,
                        machine.backend(),
                        stages.layers(),
                        calibration.sequences(),
                        compression.seed(),
                        effort,
                        progress),
                effort);
    }

    @Override
    public void close() {
        unload();
    }

    private TrialOracle trials(
            Compression compression,
            Identity identity,
            Supplier<ComponentDecoder> model,
            Effort effort,
            Progress progress) {
        TextSample text = compression
                .validation()
                .orElseThrow(
                        () -> new IllegalStateException("a grid whose allocators try plans has a validation text"));
        List<int[]> sequences = stages.validation(text).sequences();
        String tokens = sequences.stream().map(Arrays::toString).collect(Collectors.joining());
        Identity ofTrials = identity.with("trial", TRIAL_VERSION).with("validation", Sha256.of(tokens));
        TrialLog log = logs.computeIfAbsent(
                ofTrials.hash(),
                hash -> new TrialLog(
                        entry(Stage.TRIAL, ofTrials, "trials on " + text.corpus(), compression),
                        stages.layers(),
                        sequences.size()));
        TrialScorer scorer = scorers.computeIfAbsent(
                ofTrials.hash(), hash -> new TrialScorer(model, machine.backend(), sequences, STREAM_BYTES));
        return new TrialOracle(scorer, log, effort, progress);
    }

    private CacheEntry entry(Stage stage, Identity identity, String what, Compression compression) {
        String layers = stages.layers().stream().map(Layer::key).collect(Collectors.joining(" "));
        return stages.entry(
                stage,
                identity.with("layers", Sha256.of(layers)),
                what + ", " + compression.factorization().label() + " of "
                        + stages.checkpoint().name());
    }

    private ComponentDecoder decoder(DecompositionStore decompositions, Progress progress) {
        ComponentDecoder there = decoder;
        if (there != null) {
            return there;
        }
        ComponentDecoder made = stages.timed(LOADING, () -> load(decompositions, progress));
        decoder = made;
        return made;
    }

    private ComponentDecoder load(DecompositionStore store, Progress progress) {
        long parameters = stages.layers().stream().mapToLong(Layer::parameters).sum();
        try (Progress.Step step = progress.begin(LOADING, parameters, "parameters")) {
            return ComponentDecoder.load(
                    stages.checkpoint(),
                    stages.layers(),
                    layer -> {
                        step.advance(layer.parameters());
                        return store.components(layer);
                    },
                    machine.backend());
        }
    }

    private void unload() {
        scorers.values().forEach(TrialScorer::close);
        scorers.clear();
        logs.clear();
        ComponentDecoder there = decoder;
        decoder = null;
        if (there != null) {
            there.close();
        }
    }
}
