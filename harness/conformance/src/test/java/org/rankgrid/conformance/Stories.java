package org.rankgrid.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.rankgrid.data.corpus.CorpusLibrary;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.cache.CacheEntry;
import org.rankgrid.engine.cache.Identity;
import org.rankgrid.engine.cache.Stage;
import org.rankgrid.engine.calibrate.CalibrationSample;
import org.rankgrid.engine.calibrate.CalibrationStore;
import org.rankgrid.engine.calibrate.Calibrator;
import org.rankgrid.engine.compress.Compressor;
import org.rankgrid.engine.decompose.Decomposer;
import org.rankgrid.engine.decompose.DecompositionStore;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.engine.score.Batching;
import org.rankgrid.engine.score.Scorer;
import org.rankgrid.engine.score.TokenRequests;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.task.Answer;
import tools.jackson.databind.JsonNode;

/**
 * The bundled model, calibrated by the engine on the two streams of {@code golden/allocators/stories260K.json}: halves of one
 * text, which no corpus and no task of rankgrid has.
 */
final class Stories implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int VALIDATION_SEQUENCES = 16;
    private static final int VALIDATION_LENGTH = 256;

    private final Places places;
    private final Machine machine;
    private final Checkpoint checkpoint;
    private final int[] stream;
    private final CalibrationSample sample;
    private final CalibrationStore calibration;
    private final List<DecompositionStore> open = new ArrayList<>();
    private final List<StoriesOracles> oracles = new ArrayList<>();

    /** Calibrates the model as a golden says. */
    static Stories of(Path folder, JsonNode golden) {
        JsonNode calibration = golden.required("calibration");
        return new Stories(
                folder,
                calibration.required("sequences").intValue(),
                calibration.required("length").intValue(),
                calibration.required("seed").longValue());
    }

    /**
     * Calibrates the model.
     *
     * @param folder for the cache
     */
    Stories(Path folder, int sequences, int length, long seed) {
        places = new Places(folder);
        machine = places.machine("vector", THREADS);
        checkpoint = places.installation().open("stories260k");
        stream = checkpoint.tokenizer().encode(text(), true);
        sample = CalibrationSample.draw("stories", calibrationStream(), sequences, length, 1, seed);
        calibration = new CalibrationStore(
                places.installation()
                        .cache()
                        .entry(Stage.CALIBRATION, Identity.of("calibrate", 1), "calibration of the first half"),
                checkpoint.spec().blocks());
        new Calibrator(machine.backend(), 0).run(checkpoint, sample, Progress.NONE, calibration);
    }

    /** The first half of the text, BOS in front. */
    int[] calibrationStream() {
        return Arrays.copyOf(stream, stream.length / 2);
    }

    /** The second half. */
    int[] testStream() {
        return Arrays.copyOfRange(stream, stream.length / 2, stream.length);
    }

    /** The last sequences of the first half, one after the other. */
    List<int[]> validation() {
        int[] ids = calibrationStream();
        return IntStream.range(0, VALIDATION_SEQUENCES)
                .map(s -> ids.length - (VALIDATION_SEQUENCES - s) * VALIDATION_LENGTH)
                .mapToObj(from -> Arrays.copyOfRange(ids, from, from + VALIDATION_LENGTH))
                .toList();
    }

    /** The model. */
    Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Its layers, in order. */
    List<Layer> layers() {
        return checkpoint.layers();
    }

    /** The sequences it was calibrated on. */
    CalibrationSample sample() {
        return sample;
    }

    /** What was measured. */
    CalibrationStore calibration() {
        return calibration;
    }

    /** The full decomposition of every layer. */
    DecompositionStore decompose(String factorization, LinearAlgebra algebra) {
        Factorization plugin = places.installation().plugins().factorizations().get(factorization);
        Identity identity = Identity.of("decompose", 1)
                .with("factorization", factorization)
                .with("decompositions", algebra.description());
        DecompositionStore store = new DecompositionStore(
                places.installation().cache().entry(Stage.DECOMPOSITION, identity, factorization), layers());
        new Decomposer(algebra, THREADS)
                .run(
                        checkpoint,
                        layers(),
                        calibration,
                        plugin,
                        Options.defaults(plugin.options()),
                        store,
                        Progress.NONE);
        open.add(store);
        return store;
    }

    /** The best decompositions of this machine. */
    LinearAlgebra algebra() {
        return machine.algebra();
    }

    /** What allocators can measure, under a decomposition. */
    StoriesOracles oracles(DecompositionStore decompositions) {
        StoriesOracles made = new StoriesOracles(this, decompositions);
        oracles.add(made);
        return made;
    }

    /** What it all runs on. */
    Backend backend() {
        return machine.backend();
    }

    /** The one entry of a stage in the cache. */
    CacheEntry entry(Stage stage) {
        return places.installation().cache().entry(stage, Identity.of("stories", 1), stage.folder());
    }

    /** The installation's plugins and the rest. */
    Places places() {
        return places;
    }

    /** An allocator by its id. */
    Allocator allocator(String id) {
        return Objects.requireNonNull(
                places.installation().plugins().allocators().get(id), id);
    }

    /** Perplexity of the test stream under a plan, by the protocol {@code concat}. */
    double perplexity(RankPlan plan, DecompositionStore decompositions, int window) {
        int[] test = testStream();
        List<int[]> windows = new ArrayList<>();
        for (int w = 0; (w + 1) * window <= test.length; w++) {
            windows.add(Arrays.copyOfRange(test, w * window, (w + 1) * window));
        }
        try (Decoder decoder = Decoder.load(Compressor.compress(checkpoint, plan, decompositions), machine.backend())) {
            List<Answer> answers = new Scorer(machine.backend(), Batching.DEFAULT)
                    .score(decoder, TokenRequests.ofWindows(windows), Progress.NONE, "concat");
            return Math.exp(answers.stream()
                    .mapToDouble(answer -> ((Answer.Window) answer).nll())
                    .average()
                    .orElseThrow());
        }
    }

    @Override
    public void close() {
        oracles.forEach(StoriesOracles::close);
        open.forEach(DecompositionStore::close);
        checkpoint.close();
        machine.close();
    }

    private static String text() {
        try (InputStream in = new GZIPInputStream(Objects.requireNonNull(
                CorpusLibrary.class.getResourceAsStream("tinystories_head.txt.gz"), "tinystories_head.txt.gz"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
