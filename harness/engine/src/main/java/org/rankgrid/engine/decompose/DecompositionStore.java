package org.rankgrid.engine.decompose;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.rankgrid.engine.cache.CacheEntry;
import org.rankgrid.engine.cache.CacheException;
import org.rankgrid.model.decoder.Components;
import org.rankgrid.model.weights.SafetensorsFile;
import org.rankgrid.model.weights.SafetensorsWriter;
import org.rankgrid.model.weights.SafetensorsWriter.Entry;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.rank.Layer;

/**
 * Cache 2 on disk: a safetensors file a layer with {@code spectrum} (64-bit, K), {@code left} (m by K), {@code right} (K by
 * n) and, where the inputs were centred, {@code centre} (64-bit, n). Factors of a plan are prefixes of the mapped files; nothing is copied. Safe for use by several threads.
 */
public final class DecompositionStore implements AutoCloseable {

    private static final String NOTES = "notes";
    private static final String CENTRE = "centre";

    private final CacheEntry entry;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Set<String> whole = ConcurrentHashMap.newKeySet();
    private final Map<String, SafetensorsFile> open = new HashMap<>();

    /**
     * The store in a cache entry.
     *
     * @param layers all layers of the model, in order: a layer's number names its file
     */
    public DecompositionStore(CacheEntry entry, List<Layer> layers) {
        this.entry = entry;
        for (int i = 0; i < layers.size(); i++) {
            numbers.put(layers.get(i).key(), i);
        }
    }

    /** The layers that have not been decomposed yet; a file that has been cut off since counts as missing. */
    public List<Layer> missing(List<Layer> layers) {
        return layers.stream().filter(layer -> !isThere(layer)).toList();
    }

    private boolean isThere(Layer layer) {
        if (whole.contains(layer.key())) {
            return true;
        }
        boolean there = SafetensorsFile.isWhole(file(layer));
        if (there) {
            whole.add(layer.key());
        }
        return there;
    }

    /**
     * Writes a layer.
     *
     * @throws CacheException if the cache cannot be written
     */
    void write(Layer layer, Decomposition decomposition) {
        int components = decomposition.components();
        List<Entry> entries = new ArrayList<>();
        entries.add(Entry.f64("spectrum", components));
        decomposition.centre().ifPresent(centre -> entries.add(Entry.f64(CENTRE, centre.length)));
        entries.add(Entry.f32("left", layer.rows(), components));
        entries.add(Entry.f32("right", components, layer.columns()));
        Map<String, String> metadata = Map.of("layer", layer.key(), NOTES, String.join("\n", decomposition.notes()));
        try (SafetensorsWriter writer = SafetensorsWriter.create(fileToWrite(layer), metadata, entries)) {
            writer.write("spectrum", decomposition.spectrum());
            decomposition.centre().ifPresent(centre -> writer.write(CENTRE, centre));
            writer.write("left", decomposition.left());
            writer.write("right", decomposition.right());
            writer.commit();
        } catch (InputException failure) {
            throw CacheException.of(failure);
        }
    }

    /** Says that all layers of the model have been written, if that is so. */
    void completeIfWhole() {
        if (numbers.size() == written()) {
            entry.complete();
        }
    }

    /** The spectrum of a layer: K squared singular values, descending. */
    public double[] spectrum(Layer layer) {
        return opened(layer).doubles("spectrum");
    }

    /** A, the first k columns of the left factor, m by k: a view. */
    public RowSource left(Layer layer, int rank) {
        return opened(layer).prefix("left", layer.rows(), rank);
    }

    /** B, the first k rows of the right factor, k by n: a view. */
    public RowSource right(Layer layer, int rank) {
        return opened(layer).prefix("right", rank, layer.columns());
    }

    /** The mean input the approximation of a layer is exact at, n values; empty where it brings no bias. */
    public Optional<double[]> centre(Layer layer) {
        SafetensorsFile file = opened(layer);
        return file.names().contains(CENTRE) ? Optional.of(file.doubles(CENTRE)) : Optional.empty();
    }

    /** All components of a layer: views. */
    public Components components(Layer layer) {
        return new Components(left(layer, layer.fullRank()), right(layer, layer.fullRank()), centre(layer));
    }

    /** What was repaired while layers were decomposed: a sentence each, with the layer's key. */
    public List<String> notes(List<Layer> layers) {
        List<String> notes = new ArrayList<>();
        for (Layer layer : layers) {
            String text = opened(layer).metadata().getOrDefault(NOTES, "");
            text.lines().forEach(line -> notes.add(layer.key() + ": " + line));
        }
        return notes;
    }

    /** Unmaps the files; factors handed out are dead afterwards. */
    @Override
    public synchronized void close() {
        open.values().forEach(SafetensorsFile::close);
        open.clear();
    }

    private synchronized SafetensorsFile opened(Layer layer) {
        return open.computeIfAbsent(layer.key(), key -> SafetensorsFile.open(file(layer)));
    }

    private long written() {
        return numbers.values().stream().filter(n -> Files.exists(file(n))).count();
    }

    private Path file(int number) {
        return entry.file("layer-%05d.safetensors".formatted(number));
    }

    private Path file(Layer layer) {
        return file(number(layer));
    }

    private Path fileToWrite(Layer layer) {
        return entry.fileToWrite(file(layer).getFileName().toString());
    }

    private int number(Layer layer) {
        Integer number = numbers.get(layer.key());
        if (number == null) {
            throw new IllegalArgumentException("no layer " + layer.key() + " in this model");
        }
        return number;
    }
}
