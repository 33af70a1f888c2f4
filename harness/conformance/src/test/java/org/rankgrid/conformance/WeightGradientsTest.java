package org.rankgrid.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.cache.CacheEntry;
import org.rankgrid.engine.cache.Identity;
import org.rankgrid.engine.cache.Stage;
import org.rankgrid.engine.calibrate.CalibrationSample;
import org.rankgrid.engine.calibrate.CalibrationStore;
import org.rankgrid.engine.calibrate.WeightGradientPass;
import org.rankgrid.engine.calibrate.WeightGradientStore;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.model.decoder.DecoderWeights;
import org.rankgrid.model.decoder.LinearWeights;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;

/** The squared weight gradients of the calibration against differences of the loss, one weight at a time. */
class WeightGradientsTest {

    private static final int LENGTH = 12;
    private static final double STEP = 1.0 / 64;

    @TempDir
    private Path folder;

    @Test
    void areTheSquaresOfTheDerivativesSummedOverRowsAndSequences() {
        Places places = new Places(folder);
        try (Machine machine = places.machine("scalar", 2);
                Checkpoint model = places.installation().open("stories260k")) {
            int[] stream =
                    model.tokenizer().encode("Once upon a time there was a girl with a red ball and a dog.", true);
            CalibrationSample sample = CalibrationSample.draw("text", stream, 2, LENGTH, 1, 0);
            CacheEntry entry =
                    places.installation().cache().entry(Stage.CALIBRATION, Identity.of("gradients", 1), "gradients");
            WeightGradientStore store = new CalibrationStore(entry, model.spec().blocks()).weightGradients();
            assertThat(store.isComplete()).isFalse();

            new WeightGradientPass(machine.backend()).run(model, sample, Progress.NONE, store);

            assertThat(store.isComplete()).isTrue();
            for (Layer layer : List.of(layer(model, 1, Role.K), layer(model, 4, Role.O))) {
                double[] found = store.of(layer);
                assertThat(found).hasSize(layer.columns());
                int column = largest(found);
                double expected = 0;
                for (int row = 0; row < layer.rows(); row++) {
                    for (double slope : slopes(model, machine.backend(), layer, row, column, sample.sequences())) {
                        expected += slope * slope;
                    }
                }
                assertThat(found[column])
                        .as("column %s of %s", column, layer.key())
                        .isCloseTo(expected, within(0.02 * expected));
            }
        }
    }

    private static Layer layer(Checkpoint model, int block, Role role) {
        return model.layers().stream()
                .filter(layer -> layer.block() == block && layer.role() == role)
                .findFirst()
                .orElseThrow();
    }

    private static int largest(double[] values) {
        return IntStream.range(0, values.length)
                .reduce((a, b) -> values[b] > values[a] ? b : a)
                .orElseThrow();
    }

    /** Central differences of the mean loss of each sequence. */
    private static double[] slopes(
            Checkpoint model, Backend backend, Layer layer, int row, int column, List<int[]> sequences) {
        double[] above = losses(shifted(model, layer, row, column, STEP), backend, sequences);
        double[] below = losses(shifted(model, layer, row, column, -STEP), backend, sequences);
        return IntStream.range(0, above.length)
                .mapToDouble(s -> (above[s] - below[s]) / (2 * STEP))
                .toArray();
    }

    private static DecoderWeights shifted(Checkpoint model, Layer layer, int row, int column, double by) {
        LinearWeights.Dense dense = (LinearWeights.Dense) model.linear(layer.key());
        float[] values = dense.weight().readAll();
        values[row * layer.columns() + column] += (float) by;
        RowSource weight = RowSource.of(values, layer.rows(), layer.columns());
        return model.withLinears(Map.of(layer.key(), new LinearWeights.Dense(weight, Optional.empty())));
    }

    private static double[] losses(DecoderWeights weights, Backend backend, List<int[]> sequences) {
        try (Decoder decoder = Decoder.load(weights, backend)) {
            return sequences.stream()
                    .mapToDouble(ids -> loss(decoder, backend, ids))
                    .toArray();
        }
    }

    /** The mean of -log p of each token but the first, given those before it. */
    private static double loss(Decoder decoder, Backend backend, int[] ids) {
        int predicted = ids.length - 1;
        double[] logProbabilities = new double[predicted];
        try (Scope scope = backend.scope()) {
            decoder.logProbabilities(
                    decoder.hidden(ids, PackedSequences.ofLengths(ids.length), scope),
                    IntStream.range(0, predicted).toArray(),
                    Arrays.copyOfRange(ids, 1, ids.length),
                    logProbabilities,
                    new int[predicted]);
        }
        return -Arrays.stream(logProbabilities).sum() / predicted;
    }
}
