package org.rankgrid.engine.calibrate;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.rankgrid.engine.cache.CacheEntry;
import org.rankgrid.engine.cache.CacheException;
import org.rankgrid.model.weights.SafetensorsFile;
import org.rankgrid.model.weights.SafetensorsWriter;
import org.rankgrid.model.weights.SafetensorsWriter.Entry;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.rank.Layer;

/**
 * The squared weight gradients of a model, a safetensors file beside the blocks of cache 1: a tensor a layer under its key,
 * 64-bit, one value for each input feature. It is there only where a factorization has asked for it.
 */
public final class WeightGradientStore {

    private static final String PASS = "pass";

    private static final String FILE = "weight-gradients.safetensors";

    private final CacheEntry entry;
    private final Path file;

    WeightGradientStore(CacheEntry entry) {
        this.entry = entry;
        this.file = entry.file(FILE);
    }

    /** Whether the gradients are there, of the pass that would be made now. */
    public boolean isComplete() {
        if (!SafetensorsFile.isWhole(file)) {
            return false;
        }
        try (SafetensorsFile written = SafetensorsFile.open(file)) {
            return WeightGradientPass.DESCRIPTION.equals(written.metadata().get(PASS));
        }
    }

    /**
     * For each input feature c of a layer the sum over sequences and rows of (dl/dW)^2 in column c, n values.
     *
     * @throws InputException if they are not there
     */
    public double[] of(Layer layer) {
        try (SafetensorsFile written = SafetensorsFile.open(file)) {
            return written.doubles(layer.key());
        }
    }

    /**
     * Writes all layers.
     *
     * @throws CacheException if the cache cannot be written
     */
    void write(List<Layer> layers, Function<Layer, double[]> gradients) {
        List<Entry> entries = layers.stream()
                .map(layer -> Entry.f64(layer.key(), layer.columns()))
                .toList();
        try (SafetensorsWriter writer = SafetensorsWriter.create(
                entry.fileToWrite(FILE), Map.of(PASS, WeightGradientPass.DESCRIPTION), entries)) {
            for (Layer layer : layers) {
                writer.write(layer.key(), gradients.apply(layer));
            }
            writer.commit();
        } catch (InputException failure) {
            throw CacheException.of(failure);
        }
    }
}
