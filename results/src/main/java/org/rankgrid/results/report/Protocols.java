package org.rankgrid.results.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.spi.task.Score;

/** How scores were measured, in words. */
final class Protocols {

    private static final String ITEMS = "items";

    private Protocols() {}

    /** A protocol on one line; flags that are not set are left out. */
    static String text(Map<String, Object> protocol) {
        return protocol.entrySet().stream()
                .filter(entry -> !Boolean.FALSE.equals(entry.getValue()))
                .map(Protocols::part)
                .collect(Collectors.joining(", "));
    }

    /** A sentence a task and model. */
    static List<String> notes(RunCells cells, Collection<String> tasks) {
        List<String> notes = new ArrayList<>();
        ways(cells, tasks, Score::protocol).forEach((of, ways) -> notes.add(note(of, ways)));
        return notes;
    }

    /** A sentence on what several tasks have in common, and one a task and model on the rest, with the number of items. */
    static List<String> notesOfChoices(RunCells cells, Collection<String> tasks) {
        SequencedMap<String, List<Map<String, Object>>> ways = ways(cells, tasks, Protocols::withItems);
        List<String> notes = new ArrayList<>();
        Map<String, Object> shared = ways.size() > 1 ? shared(ways.values()) : Map.of();
        if (!text(shared).isEmpty()) {
            notes.add("all tasks: " + text(shared));
        }
        ways.forEach((of, all) -> notes.add(
                note(of, all.stream().map(protocol -> without(protocol, shared)).toList())));
        return notes;
    }

    /** The ways in which each task was measured, by task and model. */
    private static SequencedMap<String, List<Map<String, Object>>> ways(
            RunCells cells, Collection<String> tasks, Function<Score, Map<String, Object>> protocol) {
        List<String> models =
                cells.all().stream().map(cell -> cell.cell().model()).distinct().toList();
        SequencedMap<String, List<Map<String, Object>>> ways = new LinkedHashMap<>();
        for (String task : tasks) {
            for (String model : models) {
                List<Map<String, Object>> found = cells.all().stream()
                        .filter(cell -> cell.cell().model().equals(model))
                        .map(CellResult::scores)
                        .flatMap(List::stream)
                        .filter(score -> score.task().equals(task))
                        .map(protocol)
                        .distinct()
                        .toList();
                if (!found.isEmpty()) {
                    ways.put(cells.names().manyModels() ? task + " on " + model : task, found);
                }
            }
        }
        return ways;
    }

    private static String note(String of, List<Map<String, Object>> ways) {
        return ways.size() == 1
                ? of + ": " + text(ways.getFirst())
                : of + " was measured in " + ways.size() + " ways, rows of different ones cannot be compared: "
                        + ways.stream().map(Protocols::text).collect(Collectors.joining("; "));
    }

    private static Map<String, Object> withItems(Score score) {
        Map<String, Object> protocol = new LinkedHashMap<>();
        protocol.put(ITEMS, (long) score.n());
        score.protocol().forEach(protocol::putIfAbsent);
        return protocol;
    }

    /** What is the same in all; never the number of items, which stands with its task. */
    private static Map<String, Object> shared(Collection<List<Map<String, Object>>> ways) {
        List<Map<String, Object>> all = ways.stream().flatMap(List::stream).toList();
        Map<String, Object> shared = new LinkedHashMap<>(all.getFirst());
        shared.remove(ITEMS);
        all.forEach(protocol -> shared.entrySet().retainAll(protocol.entrySet()));
        return shared;
    }

    private static Map<String, Object> without(Map<String, Object> protocol, Map<String, Object> shared) {
        Map<String, Object> rest = new LinkedHashMap<>(protocol);
        rest.entrySet().removeAll(shared.entrySet());
        return rest;
    }

    private static String part(Map.Entry<String, Object> part) {
        return switch (part.getKey()) {
            case "name" -> String.valueOf(part.getValue());
            case ITEMS -> part.getValue() + " items";
            case "limited" -> "limited to the first items";
            default -> part.getValue().equals(true) ? part.getKey() : part.getKey() + " " + part.getValue();
        };
    }
}
