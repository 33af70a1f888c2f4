package org.rankgrid.results.cell;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.rankgrid.spi.task.Score;

/** Results made up for tests. */
public final class Samples {

    private Samples() {}

    public static SequencedMap<String, Object> map(Object... keysAndValues) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    public static CellSpec cell(String allocator, String ratio, Object... options) {
        return new CellSpec(
                "stories260k",
                Optional.of("pca"),
                map(),
                allocator,
                map(options),
                Optional.of(new BigDecimal(ratio)),
                OptionalLong.of(0));
    }

    public static Score ppl(String task, double value) {
        return new Score(task, "ppl", value, OptionalDouble.of(0.05), 400, protocol());
    }

    public static SequencedMap<String, Object> protocol() {
        return map(
                "name",
                "documents",
                "window",
                512L,
                "windows",
                400L,
                "tokens",
                34816L,
                "predicted",
                34416L,
                "bos",
                "tokenizer");
    }

    public static CellResult result(CellSpec cell, String identity, Score... scores) {
        SequencedMap<String, String> tasks = new LinkedHashMap<>();
        for (Score score : scores) {
            tasks.put(score.task(), "fingerprint of " + score.task());
        }
        double ratio = cell.ratio().orElse(BigDecimal.ZERO).doubleValue();
        long kept = Math.round(200_000 * (1 - ratio));
        return new CellResult(
                cell,
                new Outcome.Ok(),
                Optional.of(new Params(
                        200_000,
                        kept,
                        OptionalLong.of(kept),
                        OptionalDouble.of(kept - 0.25),
                        60_000 + kept,
                        4 * (60_000 + kept),
                        kept + 32_768)),
                List.of(scores),
                new Cost(2.5, 34_816, 2.0, AllocationCost.NONE, stages(Map.of("score", 2.0))),
                new Provenance(identity, tasks, map("backend", map("id", "scalar", "threads", "2"))));
    }

    /** A result that was asked for these of its tasks, the others being parts of them. */
    public static CellResult asked(CellResult result, String... tasks) {
        SequencedMap<String, String> asked =
                new LinkedHashMap<>(result.provenance().tasks());
        asked.keySet().retainAll(List.of(tasks));
        return new CellResult(
                result.cell(),
                result.outcome(),
                result.params(),
                result.scores(),
                result.cost(),
                new Provenance(
                        result.provenance().identity(),
                        asked,
                        result.provenance().facts()));
    }

    public static CellResult failed(CellSpec cell, String identity, String error) {
        return new CellResult(
                cell,
                new Outcome.Failed("numerics", error),
                Optional.empty(),
                List.of(),
                Cost.NONE,
                new Provenance(identity, new LinkedHashMap<>(), map()));
    }

    private static SequencedMap<String, Double> stages(Map<String, Double> stages) {
        return new LinkedHashMap<>(stages);
    }
}
