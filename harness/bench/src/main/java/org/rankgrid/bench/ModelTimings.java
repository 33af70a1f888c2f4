package org.rankgrid.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.cache.Cache;
import org.rankgrid.engine.cache.Identity;
import org.rankgrid.engine.cache.Stage;
import org.rankgrid.engine.calibrate.CalibrationSample;
import org.rankgrid.engine.calibrate.CalibrationStore;
import org.rankgrid.engine.calibrate.Calibrator;
import org.rankgrid.engine.run.Installation;
import org.rankgrid.engine.score.Batching;
import org.rankgrid.engine.score.Scorer;
import org.rankgrid.engine.score.TokenRequests;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.compute.Backend;

/** Times scoring and calibration of one model on the head of a bundled corpus. */
final class ModelTimings {

    private static final String CORPUS = "tinystories";

    private final Backend backend;
    private final Checkpoint checkpoint;
    private final int[] stream;
    private final int tokens;
    private final int repetitions;

    private ModelTimings(Backend backend, Checkpoint checkpoint, int[] stream, int tokens, int repetitions) {
        this.backend = backend;
        this.checkpoint = checkpoint;
        this.stream = stream;
        this.tokens = tokens;
        this.repetitions = repetitions;
    }

    /**
     * Times a model.
     *
     * @param windows lengths to score at; those beyond the model's positions are left out
     * @param tokens of one repetition, rounded down to whole windows
     * @throws InputException if the model cannot be used or the corpus is too short
     */
    static List<Timing> of(
            Installation installation,
            Backend backend,
            String model,
            List<Integer> windows,
            int tokens,
            int repetitions) {
        try (Checkpoint checkpoint = installation.open(model)) {
            int[] stream = checkpoint.tokenizer().encode(installation.corpora().joined(CORPUS), true);
            ModelTimings timings = new ModelTimings(backend, checkpoint, stream, tokens, repetitions);
            List<Integer> possible = windows.stream()
                    .filter(window -> window <= checkpoint.spec().maximumPositions())
                    .toList();
            List<Timing> all = new ArrayList<>();
            try (Decoder decoder = Decoder.load(checkpoint, backend)) {
                for (int window : possible) {
                    all.add(timings.scoring(decoder, window));
                }
            }
            for (int window : possible) {
                all.add(timings.calibration(window));
            }
            return all;
        }
    }

    private Timing scoring(Decoder decoder, int window) {
        TokenRequests all = TokenRequests.ofWindows(pieces(window));
        Scorer scorer = new Scorer(backend, Batching.DEFAULT);
        return timed(
                "eval", window, Batching.DEFAULT.tokens(all), () -> scorer.score(decoder, all, Progress.NONE, "eval"));
    }

    /** What a run does: the pass and the writing of its statistics. */
    private Timing calibration(int window) {
        List<int[]> sequences = pieces(window);
        CalibrationSample sample =
                new CalibrationSample(new int[sequences.size()], sequences, new int[sequences.size()]);
        Calibrator calibrator = new Calibrator(backend, 0);
        return timed(
                "calibrate",
                window,
                sample.tokens(),
                () -> inTemporaryFolder(folder -> {
                    CalibrationStore store = new CalibrationStore(
                            new Cache(folder).entry(Stage.CALIBRATION, Identity.of("bench", 1), "a benchmark's"),
                            checkpoint.spec().blocks());
                    calibrator.run(checkpoint, sample, Progress.NONE, store);
                }));
    }

    private List<int[]> pieces(int window) {
        int count = Math.max(1, tokens / window);
        if ((long) count * window > stream.length) {
            throw new InputException("--tokens " + tokens + ": the corpus " + CORPUS + " has " + stream.length
                    + " tokens of " + checkpoint.name() + ": ask for fewer");
        }
        List<int[]> pieces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pieces.add(Arrays.copyOfRange(stream, i * window, (i + 1) * window));
        }
        return pieces;
    }

    private Timing timed(String work, int window, long count, Runnable repetition) {
        repetition.run();
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < repetitions; i++) {
            long began = System.nanoTime();
            repetition.run();
            seconds.add((System.nanoTime() - began) / 1e9);
        }
        return new Timing(checkpoint.name(), work, window, count, seconds);
    }

    private static void inTemporaryFolder(Consumer<Path> use) {
        try {
            Path folder = Files.createTempDirectory("rankgrid-bench");
            try {
                use.accept(folder);
            } finally {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("the temporary folder cannot be used", failure);
        }
    }
}
