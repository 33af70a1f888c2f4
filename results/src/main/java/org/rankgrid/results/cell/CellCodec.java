package org.rankgrid.results.cell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.rankgrid.results.json.Json;
import org.rankgrid.results.json.JsonObject;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.Score;

/**
 * {@code result.json} and {@code cells.json} as text. The names in them are stable: scripts and papers hang on them.
 */
public final class CellCodec {

    /** The version of the layout that this class writes and reads. */
    public static final int SCHEMA = 1;

    private static final String OK = "ok";
    private static final String FAILED = "failed";

    private CellCodec() {}

    /**
     * The text of {@code result.json}.
     *
     * @throws IllegalArgumentException if a number is not finite
     */
    public static String write(CellResult result) {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put("cell", tree(result.cell()));
        switch (result.outcome()) {
            case Outcome.Ok() -> tree.put("status", OK);
            case Outcome.Failed(String kind, String error) -> {
                tree.put("status", FAILED);
                tree.put("error", error);
                tree.put("error_kind", kind);
            }
        }
        tree.put("params", result.params().map(CellCodec::tree));
        tree.put("scores", result.scores().stream().map(CellCodec::tree).toList());
        tree.put("cost", tree(result.cost()));
        tree.put("provenance", tree(result.provenance()));
        return Json.pretty(tree);
    }

    /**
     * Reads {@code result.json}.
     *
     * @param where the file, for messages
     * @throws InputException if it is damaged, or was written by a newer rankgrid
     */
    public static CellResult read(String where, byte[] bytes) {
        JsonObject json = Json.parse(where, bytes);
        checkSchema(where, json);
        JsonObject cell = json.object("cell");
        Outcome outcome = outcome(json);
        Optional<Params> params = json.optionalObject("params").map(CellCodec::params);
        List<Score> scores =
                json.objects("scores").stream().map(CellCodec::score).toList();
        Cost cost = cost(json.object("cost"));
        Provenance provenance = provenance(json.object("provenance"));
        json.end();
        return new CellResult(spec(cell), outcome, params, scores, cost, provenance);
    }

    /** The text of {@code cells.json}: the expansion of a grid. */
    public static String writeCells(List<PlannedCell> cells) {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put(
                "cells",
                cells.stream()
                        .map(planned -> {
                            SequencedMap<String, Object> entry = new LinkedHashMap<>();
                            entry.put("id", planned.id());
                            entry.put("cell", tree(planned.cell()));
                            return entry;
                        })
                        .toList());
        return Json.pretty(tree);
    }

    /**
     * Reads {@code cells.json}.
     *
     * @param where the file, for messages
     * @throws InputException if it is damaged, or was written by a newer rankgrid
     */
    public static List<PlannedCell> readCells(String where, byte[] bytes) {
        JsonObject json = Json.parse(where, bytes);
        checkSchema(where, json);
        List<PlannedCell> cells =
                json.objects("cells").stream().map(CellCodec::planned).toList();
        json.end();
        return cells;
    }

    /** The tree of a score, for {@link Json}: a SCORE as every machine-readable output writes it. */
    public static SequencedMap<String, Object> tree(Score score) {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("task", score.task());
        tree.put("metric", score.metric());
        tree.put("value", score.value());
        tree.put("stderr", score.stderr());
        tree.put("n", score.n());
        tree.put("protocol", score.protocol());
        return tree;
    }

    private static SequencedMap<String, Object> tree(CellSpec cell) {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("model", cell.model());
        tree.put("factorization", cell.factorization());
        if (!cell.factorizationOptions().isEmpty()) {
            tree.put("factorization_options", cell.factorizationOptions());
        }
        tree.put("allocator", cell.allocator());
        tree.put("options", cell.options());
        tree.put("ratio", cell.ratio());
        tree.put("seed", cell.seed());
        return tree;
    }

    private static SequencedMap<String, Object> tree(Params params) {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("linear_dense", params.linearDense());
        tree.put("linear_kept", params.linearKept());
        tree.put("budget", params.budget());
        tree.put("raw", params.raw());
        tree.put("model_kept", params.modelKept());
        tree.put("bytes", params.bytes());
        tree.put("macs_per_token", params.macsPerToken());
        return tree;
    }

    private static SequencedMap<String, Object> tree(Cost cost) {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("seconds", cost.seconds());
        tree.put("tokens", cost.tokens());
        tree.put("trials", cost.allocation().trials());
        tree.put("allocation_seconds", cost.allocation().seconds());
        tree.put("tokens_forwarded", cost.allocation().tokensForwarded());
        tree.put("tokens_trained", cost.allocation().tokensTrained());
        tree.put("tokens_per_second", cost.tokensPerSecond());
        tree.put("scoring_seconds", cost.scoringSeconds());
        tree.put("stages", cost.stages());
        return tree;
    }

    private static SequencedMap<String, Object> tree(Provenance provenance) {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put(Provenance.IDENTITY, provenance.identity());
        tree.put(Provenance.TASKS, provenance.tasks());
        tree.putAll(provenance.facts());
        return tree;
    }

    private static void checkSchema(String where, JsonObject json) {
        long schema = json.whole("schema");
        if (schema > SCHEMA) {
            throw new NewerSchemaException(where + " was written by a newer rankgrid (schema " + schema
                    + ", this one reads " + SCHEMA + "): use that version, or another folder");
        }
        if (schema < 1) {
            throw json.problem("schema", "is " + schema + ", but 1 to " + SCHEMA + " was expected");
        }
    }

    private static PlannedCell planned(JsonObject json) {
        String id = json.text("id");
        if (!PlannedCell.isId(id)) {
            throw json.problem("id", "cannot be the id of a cell");
        }
        PlannedCell planned = new PlannedCell(id, spec(json.object("cell")));
        json.end();
        return planned;
    }

    private static CellSpec spec(JsonObject json) {
        CellSpec cell = new CellSpec(
                json.text("model"),
                json.optionalText("factorization"),
                json.has("factorization_options") ? json.map("factorization_options") : new LinkedHashMap<>(),
                json.text("allocator"),
                json.map("options"),
                json.optionalDecimal("ratio"),
                json.optionalWhole("seed"));
        json.end();
        return cell;
    }

    private static Outcome outcome(JsonObject json) {
        String status = json.text("status");
        return switch (status) {
            case OK -> new Outcome.Ok();
            case FAILED -> {
                String error = json.text("error");
                yield new Outcome.Failed(json.text("error_kind"), error);
            }
            default -> throw json.problem("status", "is '" + status + "', but 'ok' or 'failed' was expected");
        };
    }

    private static Params params(JsonObject json) {
        Params params = new Params(
                json.whole("linear_dense"),
                json.whole("linear_kept"),
                json.optionalWhole("budget"),
                json.optionalReal("raw"),
                json.whole("model_kept"),
                json.whole("bytes"),
                json.whole("macs_per_token"));
        json.end();
        return params;
    }

    private static Score score(JsonObject json) {
        Score score = new Score(
                json.text("task"),
                json.text("metric"),
                json.real("value"),
                json.optionalReal("stderr"),
                json.count("n"),
                json.map("protocol"));
        json.end();
        return score;
    }

    private static Cost cost(JsonObject json) {
        // Derived from tokens and scoring seconds; read only so that it is checked.
        json.optionalReal("tokens_per_second");
        Cost cost = new Cost(
                json.real("seconds"),
                json.whole("tokens"),
                json.real("scoring_seconds"),
                allocationCost(json),
                json.reals("stages"));
        json.end();
        return cost;
    }

    /** Results of earlier versions have the trials only. */
    private static AllocationCost allocationCost(JsonObject json) {
        return new AllocationCost(
                json.optionalReal("allocation_seconds").orElse(0),
                json.optionalWhole("tokens_forwarded").orElse(0),
                json.optionalWhole("tokens_trained").orElse(0),
                json.whole("trials"));
    }

    private static Provenance provenance(JsonObject json) {
        return new Provenance(json.text(Provenance.IDENTITY), json.texts(Provenance.TASKS), json.rest());
    }
}
