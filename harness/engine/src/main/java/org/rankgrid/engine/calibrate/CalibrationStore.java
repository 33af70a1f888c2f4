package org.rankgrid.engine.calibrate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.rankgrid.engine.cache.CacheEntry;
import org.rankgrid.engine.cache.CacheException;
import org.rankgrid.model.weights.SafetensorsFile;
import org.rankgrid.model.weights.SafetensorsWriter;
import org.rankgrid.model.weights.SafetensorsWriter.Entry;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.allocate.BlockSimilarity;
import org.rankgrid.spi.allocate.Similarity;
import org.rankgrid.spi.compute.MomentValues;
import org.rankgrid.spi.factorize.LayerStatistic;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Sublayer;

/**
 * Cache 1 on disk: a safetensors file a block. For each distinct input i of its linear layers {@code input.i.gram} (the lower
 * triangle of the Gram matrix, row by row), {@code input.i.group_tokens}, {@code input.i.group_sums} and
 * {@code input.i.absolute_sums}, all 64-bit, with the keys of the layers in the metadata; and {@code similarity}: residual, branch
 * and angle of both sublayers, then cosine and angle of the block.
 */
public final class CalibrationStore {

    private final CacheEntry entry;
    private final int blocks;
    private final Map<Integer, double[]> similarities = new HashMap<>();
    private boolean whole;

    /**
     * The store in a cache entry.
     *
     * @param blocks blocks of the model
     */
    public CalibrationStore(CacheEntry entry, int blocks) {
        this.entry = entry;
        this.blocks = blocks;
    }

    /** Whether all blocks have been calibrated; a file that has been cut off since counts as missing. */
    public boolean isComplete() {
        if (!whole) {
            whole = entry.isComplete()
                    && IntStream.range(0, blocks).allMatch(block -> SafetensorsFile.isWhole(file(block)));
        }
        return whole;
    }

    /**
     * Writes a block.
     *
     * @throws CacheException if the cache cannot be written
     */
    void write(int block, BlockStatistics statistics) {
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < statistics.inputs().size(); i++) {
            BlockStatistics.Input input = statistics.inputs().get(i);
            int n = input.moments().columns();
            int groups = input.moments().groupTokens().length;
            metadata.put(name(i, "keys"), String.join("\n", input.keys()));
            entries.add(Entry.f64(name(i, "gram"), Math.toIntExact((long) n * (n + 1) / 2)));
            entries.add(Entry.f64(name(i, "group_tokens"), groups));
            entries.add(Entry.f64(name(i, "group_sums"), groups, n));
            entries.add(Entry.f64(name(i, "absolute_sums"), n));
        }
        entries.add(Entry.f64("similarity", 8));
        try (SafetensorsWriter writer = SafetensorsWriter.create(entry.fileToWrite(name(block)), metadata, entries)) {
            for (int i = 0; i < statistics.inputs().size(); i++) {
                MomentValues moments = statistics.inputs().get(i).moments();
                writer.write(name(i, "gram"), lowerTriangle(moments.gram(), moments.columns()));
                writer.write(name(i, "group_tokens"), asDoubles(moments.groupTokens()));
                for (double[] sums : moments.groupSums()) {
                    writer.write(name(i, "group_sums"), sums);
                }
                writer.write(name(i, "absolute_sums"), moments.absoluteSums());
            }
            Similarity a = statistics.attention();
            Similarity f = statistics.feedForward();
            BlockSimilarity b = statistics.block();
            writer.write("similarity", new double[] {
                a.residual(), a.branch(), a.angle(), f.residual(), f.branch(), f.angle(), b.cosine(), b.angle()
            });
            writer.commit();
        } catch (InputException failure) {
            throw CacheException.of(failure);
        }
    }

    /** Says that all blocks have been written. */
    void complete() {
        entry.complete();
    }

    /** Similarity of a sublayer. */
    public Similarity sublayer(int block, Sublayer sublayer) {
        double[] values = similarity(block);
        int from = sublayer == Sublayer.ATTENTION ? 0 : 3;
        return new Similarity(values[from], values[from + 1], values[from + 2]);
    }

    /** Similarity of a block. */
    public BlockSimilarity block(int block) {
        double[] values = similarity(block);
        return new BlockSimilarity(values[6], values[7]);
    }

    /**
     * Moments of a layer's input.
     *
     * @param wanted what is read; the rest stays empty
     */
    public MomentValues moments(Layer layer, Set<LayerStatistic> wanted) {
        if (wanted.isEmpty()) {
            return MomentValues.none(layer.columns());
        }
        try (SafetensorsFile file = SafetensorsFile.open(file(layer.block()))) {
            int i = inputOf(layer, file);
            int n = layer.columns();
            boolean groups = wanted.contains(LayerStatistic.GROUP_SUMS);
            double[] tokens = file.doubles(name(i, "group_tokens"));
            return new MomentValues(
                    n,
                    wanted.contains(LayerStatistic.GRAM) ? symmetric(file.doubles(name(i, "gram")), n) : new double[0],
                    asLongs(tokens),
                    groups ? rows(file.doubles(name(i, "group_sums")), tokens.length, n) : new double[0][],
                    wanted.contains(LayerStatistic.ABSOLUTE_SUMS)
                            ? file.doubles(name(i, "absolute_sums"))
                            : new double[0]);
        }
    }

    /** The squared weight gradients, which are beside the rest where they have been asked for. */
    public WeightGradientStore weightGradients() {
        return new WeightGradientStore(entry);
    }

    private int inputOf(Layer layer, SafetensorsFile file) {
        for (int i = 0; ; i++) {
            String keys = file.metadata().get(name(i, "keys"));
            if (keys == null) {
                throw new IllegalStateException(
                        "no calibration of layer " + layer.key() + " in " + file(layer.block()));
            }
            if (List.of(keys.split("\n", -1)).contains(layer.key())) {
                return i;
            }
        }
    }

    private double[] similarity(int block) {
        return similarities.computeIfAbsent(block, b -> {
            try (SafetensorsFile file = SafetensorsFile.open(file(b))) {
                return file.doubles("similarity");
            }
        });
    }

    private Path file(int block) {
        return entry.file(name(block));
    }

    private static String name(int block) {
        return "block-%04d.safetensors".formatted(block);
    }

    private static String name(int input, String what) {
        return "input." + input + "." + what;
    }

    private static double[] lowerTriangle(double[] matrix, int n) {
        double[] triangle = new double[Math.toIntExact((long) n * (n + 1) / 2)];
        for (int row = 0, at = 0; row < n; at += ++row) {
            System.arraycopy(matrix, row * n, triangle, at, row + 1);
        }
        return triangle;
    }

    private static double[] symmetric(double[] triangle, int n) {
        double[] matrix = new double[Math.multiplyExact(n, n)];
        for (int row = 0, at = 0; row < n; at += ++row) {
            for (int column = 0; column <= row; column++) {
                matrix[row * n + column] = triangle[at + column];
                matrix[column * n + row] = triangle[at + column];
            }
        }
        return matrix;
    }

    private static double[][] rows(double[] values, int count, int n) {
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = Arrays.copyOfRange(values, i * n, (i + 1) * n);
        }
        return rows;
    }

    private static double[] asDoubles(long[] values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }

    private static long[] asLongs(double[] values) {
        return Arrays.stream(values).mapToLong(value -> (long) value).toArray();
    }
}
