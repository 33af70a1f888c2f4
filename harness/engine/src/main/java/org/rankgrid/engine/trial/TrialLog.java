package org.rankgrid.engine.trial;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.rankgrid.engine.cache.CacheEntry;
import org.rankgrid.engine.cache.CacheException;
import org.rankgrid.results.json.Json;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/**
 * The scores of plans on disk: {@code trials.jsonl}, a line a plan, {@code {"ranks": [...], "nll": [...], "divergence":
 * [...]}} with rank 0 for a layer left dense and {@code "Infinity"} for a loss that is not finite. Lines are only ever
 * appended, each in one write; a line that cannot be read, such as the last one of a process that was killed, is passed over,
 * and where a plan stands twice, what says more counts.
 */
public final class TrialLog {

    private static final String FILE = "trials.jsonl";
    private static final long LARGEST = 1L << 30;
    private static final String INFINITE = "Infinity";

    private final CacheEntry entry;
    private final List<Layer> layers;
    private final int sequences;
    private final Map<RankPlan, PlanScores> scores = new HashMap<>();
    private boolean torn;

    /**
     * The log in a cache entry.
     *
     * @param layers the layers of the plans, in order
     * @param sequences how many validation sequences there are
     */
    public TrialLog(CacheEntry entry, List<Layer> layers, int sequences) {
        this.entry = entry;
        this.layers = List.copyOf(layers);
        this.sequences = sequences;
        read();
    }

    /** What is known of a plan. */
    PlanScores get(RankPlan plan) {
        return scores.getOrDefault(plan, PlanScores.NONE);
    }

    /**
     * Adds to what is known of a plan.
     *
     * @throws CacheException if the cache cannot be written
     */
    void put(RankPlan plan, PlanScores known) {
        scores.put(plan, known);
        String line = (torn ? "\n" : "") + Json.line(tree(plan, known)) + "\n";
        Path file = entry.fileToWrite(FILE);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException failure) {
            throw CacheException.writing(file, failure);
        }
        torn = false;
        entry.complete();
    }

    private SequencedMap<String, Object> tree(RankPlan plan, PlanScores known) {
        List<Long> ranks = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            ranks.add(plan.isDense(i) ? 0L : plan.rank(i));
        }
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("ranks", ranks);
        tree.put("nll", values(known.nll()));
        tree.put("divergence", values(known.divergence()));
        return tree;
    }

    private static List<Object> values(double[] values) {
        return DoubleStream.of(values)
                .mapToObj(value -> Double.isFinite(value) ? (Object) value : INFINITE)
                .toList();
    }

    private void read() {
        Path file = entry.file(FILE);
        try {
            if (!Files.exists(file) || Files.size(file) > LARGEST) {
                return;
            }
            byte[] bytes = Files.readAllBytes(file);
            torn = bytes.length > 0 && bytes[bytes.length - 1] != '\n';
            int from = 0;
            for (int end = 0; end < bytes.length; end++) {
                if (bytes[end] == '\n') {
                    readLine(Arrays.copyOfRange(bytes, from, end));
                    from = end + 1;
                }
            }
        } catch (IOException unreadable) {
            // What cannot be read is computed again; what cannot be written ends the run there.
            scores.clear();
        }
    }

    private void readLine(byte[] line) {
        try {
            SequencedMap<String, Object> tree = Json.parse(FILE, line).rest();
            Optional<RankPlan> plan = plan(tree.get("ranks"));
            Optional<double[]> nll = values(tree.get("nll"));
            Optional<double[]> divergence = values(tree.get("divergence"));
            if (plan.isPresent() && nll.isPresent() && divergence.isPresent()) {
                PlanScores read = new PlanScores(nll.get(), divergence.get());
                if (divergence.get().length <= nll.get().length
                        && get(plan.get()).isPartOf(read)) {
                    scores.put(plan.get(), read);
                }
            }
        } catch (InputException | IllegalArgumentException damaged) {
            return;
        }
    }

    private Optional<RankPlan> plan(@Nullable Object ranks) {
        if (!(ranks instanceof List<?> list) || list.size() != layers.size()) {
            return Optional.empty();
        }
        int[] values = new int[list.size()];
        for (int i = 0; i < values.length; i++) {
            if (!(list.get(i) instanceof Long rank)
                    || rank < 0
                    || rank > layers.get(i).fullRank()) {
                return Optional.empty();
            }
            values[i] = rank == 0 ? RankPlan.DENSE : rank.intValue();
        }
        return Optional.of(new RankPlan(layers, values));
    }

    private Optional<double[]> values(@Nullable Object read) {
        if (!(read instanceof List<?> list) || list.size() > sequences) {
            return Optional.empty();
        }
        double[] values = new double[list.size()];
        for (int i = 0; i < values.length; i++) {
            switch (list.get(i)) {
                case Double value -> values[i] = value;
                case Long value -> values[i] = value;
                case String text when text.equals(INFINITE) -> values[i] = Double.POSITIVE_INFINITY;
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(values);
    }
}
