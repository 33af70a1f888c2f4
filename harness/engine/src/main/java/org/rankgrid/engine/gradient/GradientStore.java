package org.rankgrid.engine.gradient;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.rankgrid.engine.cache.CacheEntry;
import org.rankgrid.engine.cache.CacheException;
import org.rankgrid.model.weights.SafetensorsFile;
import org.rankgrid.model.weights.SafetensorsWriter;
import org.rankgrid.model.weights.SafetensorsWriter.Entry;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.Sha256;
import org.rankgrid.spi.allocate.ComponentGradient;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/**
 * Derivatives on disk: a safetensors file a question, named after it, with one 64-bit array a quantity, all layers one after
 * the other. A file that is damaged or does not fit counts as missing.
 */
public final class GradientStore {

    private static final List<Quantity> QUANTITIES = List.of(
            new Quantity("products", ComponentGradient::products),
            new Quantity("squared_sequence_products", ComponentGradient::squaredSequenceProducts),
            new Quantity("squared_products", ComponentGradient::squaredProducts),
            new Quantity("value_squares", ComponentGradient::valueSquares),
            new Quantity("gradient_squares", ComponentGradient::gradientSquares));

    private final CacheEntry entry;
    private final List<Layer> layers;

    /** The store in a cache entry, for some layers in order. */
    public GradientStore(CacheEntry entry, List<Layer> layers) {
        this.entry = entry;
        this.layers = List.copyOf(layers);
    }

    /** One of the sums of a component's gradient. */
    private record Quantity(String name, Function<ComponentGradient, double[]> values) {}

    /** The Fisher weights of a range of sequences, one a layer. */
    Optional<double[]> fisher(int first, int count) {
        return read(fisherFile(first, count), file -> file.doubles("fisher"))
                .filter(values -> values.length == layers.size());
    }

    /** Keeps Fisher weights. */
    void putFisher(int first, int count, double[] weights) {
        write(fisherFile(first, count), List.of(Entry.f64("fisher", weights.length)), Map.of(), writer -> {
            writer.write("fisher", weights);
        });
    }

    /** The derivatives under a plan over a range of sequences, one a layer. */
    Optional<List<ComponentGradient>> components(RankPlan plan, int first, int count) {
        return read(componentsFile(plan, first, count), file -> {
                    List<double[]> sums =
                            QUANTITIES.stream().map(q -> file.doubles(q.name())).toList();
                    return sums.stream().allMatch(values -> values.length == components())
                            ? split(sums, count, number(file, "tokens"))
                            : List.<ComponentGradient>of();
                })
                .filter(gradients -> gradients.size() == layers.size());
    }

    /** Keeps derivatives. */
    void putComponents(RankPlan plan, int first, int count, List<ComponentGradient> gradients) {
        List<Entry> entries =
                QUANTITIES.stream().map(q -> Entry.f64(q.name(), components())).toList();
        Map<String, String> metadata =
                Map.of("tokens", Long.toString(gradients.getFirst().tokens()));
        write(componentsFile(plan, first, count), entries, metadata, writer -> {
            for (Quantity quantity : QUANTITIES) {
                double[] all = gradients.stream()
                        .map(quantity.values())
                        .flatMapToDouble(Arrays::stream)
                        .toArray();
                writer.write(quantity.name(), all);
            }
        });
    }

    private List<ComponentGradient> split(List<double[]> sums, int count, long tokens) {
        List<ComponentGradient> gradients = new ArrayList<>();
        int from = 0;
        for (Layer layer : layers) {
            int start = from;
            int end = from + layer.fullRank();
            List<double[]> own = sums.stream()
                    .map(values -> Arrays.copyOfRange(values, start, end))
                    .toList();
            gradients.add(
                    new ComponentGradient(tokens, count, own.get(0), own.get(1), own.get(2), own.get(3), own.get(4)));
            from = end;
        }
        return gradients;
    }

    private int components() {
        return layers.stream().mapToInt(Layer::fullRank).sum();
    }

    private static long number(SafetensorsFile file, String key) {
        try {
            return Long.parseLong(file.metadata().getOrDefault(key, ""));
        } catch (NumberFormatException damaged) {
            throw new InputException(key + " is no number", damaged);
        }
    }

    private <T> Optional<T> read(String name, Function<SafetensorsFile, T> reader) {
        Path path = entry.file(name);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            return Optional.of(reader.apply(file));
        } catch (InputException damaged) {
            return Optional.empty();
        }
    }

    private void write(
            String name, List<Entry> entries, Map<String, String> metadata, Consumer<SafetensorsWriter> content) {
        Path path = entry.fileToWrite(name);
        try (SafetensorsWriter writer = SafetensorsWriter.create(path, metadata, entries)) {
            content.accept(writer);
            writer.commit();
        } catch (InputException failure) {
            throw CacheException.of(failure);
        }
        entry.complete();
    }

    private static String fisherFile(int first, int count) {
        return "fisher-" + first + "-" + count + ".safetensors";
    }

    private static String componentsFile(RankPlan plan, int first, int count) {
        return "components-" + Sha256.of(plan.toString()).substring(0, 16) + "-" + first + "-" + count + ".safetensors";
    }
}
