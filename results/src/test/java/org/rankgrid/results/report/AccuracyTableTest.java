package org.rankgrid.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.CellSpec;
import org.rankgrid.results.cell.Item;
import org.rankgrid.results.cell.Provenance;
import org.rankgrid.results.cell.Samples;
import org.rankgrid.spi.report.Table;
import org.rankgrid.spi.task.Score;

class AccuracyTableTest {

    private static final int ITEMS = 200;
    private static final List<String> SIX =
            List.of("piqa", "arc_easy", "arc_challenge", "winogrande", "openbookqa", "boolq");

    /** A cell made up: of each task a run of items is right. */
    private static final class Made {

        private final CellSpec spec;
        private final List<Score> scores = new ArrayList<>();
        private final List<Item> items = new ArrayList<>();
        private final SequencedMap<String, String> asked = new LinkedHashMap<>();

        Made(CellSpec spec) {
            this.spec = spec;
        }

        Made task(String task, int right, int shift) {
            asked.put(task, "fingerprint");
            int correct = part(task, right, shift);
            score(task, "acc", correct / (double) ITEMS, ITEMS);
            score(task, "acc_norm", (correct + 10) / (double) ITEMS, ITEMS);
            return this;
        }

        /** Items {@code shift} to {@code shift + right} are right. */
        int part(String task, int right, int shift) {
            for (int i = 0; i < ITEMS; i++) {
                boolean correct = i >= shift && i < shift + right;
                SequencedMap<String, Double> metrics = new LinkedHashMap<>();
                metrics.put("acc", correct ? 1.0 : 0.0);
                metrics.put("acc_norm", i >= shift && i < shift + right + 10 ? 1.0 : 0.0);
                items.add(new Item.Choice(task, i, List.of(-1.0, -2.0), 0, metrics));
            }
            return right;
        }

        Made score(String task, String metric, double value, int n) {
            scores.add(new Score(
                    task,
                    metric,
                    value,
                    OptionalDouble.of(0.03),
                    n,
                    Samples.map(
                            "name",
                            "choices",
                            "shots",
                            0L,
                            "bos",
                            "none",
                            "version",
                            task.length() + ".0",
                            "limited",
                            true)));
            return this;
        }

        Made ppl(double value) {
            asked.put("wikitext2", "fingerprint");
            scores.add(Samples.ppl("wikitext2", value));
            return this;
        }

        CellResult result() {
            CellResult plain = Samples.result(spec, "x");
            return new CellResult(
                    spec,
                    plain.outcome(),
                    plain.params(),
                    scores,
                    plain.cost(),
                    new Provenance(spec.toString(), asked, Samples.map()));
        }
    }

    @Test
    void sixTasksStandOnATerminalOf160Columns() throws IOException {
        List<Made> cells = new ArrayList<>();
        cells.add(new Made(CellSpec.dense("smollm2-135m")));
        for (String ratio : List.of("0.1", "0.2")) {
            cells.add(new Made(cell("uniform", ratio)));
            cells.add(new Made(cell("mgaa", ratio)));
        }
        for (int c = 0; c < cells.size(); c++) {
            for (int t = 0; t < SIX.size(); t++) {
                cells.get(c).task(SIX.get(t), 140 - 12 * t - 5 * c + t * c, c % 3);
            }
        }

        List<Table> tables = tables(cells, Map.of("arc_challenge", "acc_norm", "openbookqa", "acc_norm"));

        String text = text(tables.getFirst());
        assertThat(text.lines().limit(10)).allMatch(line -> line.length() <= 160);
        assertThat(text).isEqualTo("""
                zero-shot

                                                                 arc_challenge  winogrande     openbookqa                   mean
                allocator  ratio  piqa acc        arc_easy acc   acc_norm       acc            acc_norm       boolq acc     (6 tasks)      best
                ---------  -----  --------------  -------------  -------------  -------------  -------------  ------------  -------------  ----
                dense          0  70.0            64.0           63.0           52.0           51.0           40.0          56.7
                uniform      0.1  67.5 -2.5±2.6   62.0 -2.0±2.4  61.5 -1.5±2.2  51.0 -1.0±1.9  50.5 -0.5±1.7  40.0 0.0±1.9  55.4 -1.2±0.9  *
                mgaa         0.1  65.0 -5.0±3.3   60.0 -4.0±3.1  60.0 -3.0±2.7  50.0 -2.0±2.4  50.0 -1.0±1.9  40.0 0.0±2.4  54.2 -2.5±1.1
                uniform      0.2  62.5 -7.5±3.9   58.0 -6.0±3.6  58.5 -4.5±3.2  49.0 -3.0±2.7  49.5 -1.5±2.2  40.0 0.0±1.4  52.9 -3.8±1.2  *
                mgaa         0.2  60.0 -10.0±4.4  56.0 -8.0±4.0  57.0 -6.0±3.6  48.0 -4.0±3.1  49.0 -2.0±2.4  40.0 0.0±1.9  51.7 -5.0±1.4

                model smollm2-135m, factorization pca
                all tasks: choices, shots 0, bos none, limited to the first items
                piqa: 200 items, version 4.0
                arc_easy: 200 items, version 8.0
                arc_challenge: 200 items, version 13.0
                winogrande: 200 items, version 10.0
                openbookqa: 200 items, version 10.0
                boolq: 200 items, version 5.0
                accuracy in percent, its difference to the dense model's in points ± the 95 % interval, paired over items
                mean: every task counts the same
                * best mean of its ratio
                """);
        StringBuilder markdown = new StringBuilder();
        new MarkdownReport().write(tables.getFirst(), markdown);
        assertThat(markdown).contains("""
                        | allocator | ratio | piqa acc | arc_easy acc | arc_challenge acc_norm | winogrande acc | openbookqa acc_norm | boolq acc | mean (6 tasks) | best |
                        | --- | ---: | --- | --- | --- | --- | --- | --- | --- | --- |
                        | dense | 0 | 70.0 | 64.0 | 63.0 | 52.0 | 51.0 | 40.0 | 56.7 |  |
                        | uniform | 0.1 | 67.5 -2.5±2.6 | 62.0 -2.0±2.4 | 61.5 -1.5±2.2 | 51.0 -1.0±1.9 | 50.5 -0.5±1.7 | 40.0 0.0±1.9 | 55.4 -1.2±0.9 | \\* |
                        """);
        assertThat(text(tables.getLast())).startsWith("zero-shot: cost\n\nallocator  ratio    kept  kept %");
    }

    @Test
    void aDifferenceIsPairedWithTheDenseModel() {
        Made dense = new Made(CellSpec.dense("smollm2-135m")).task("piqa", 100, 0);
        Made mgaa = new Made(cell("mgaa", "0.1")).task("piqa", 90, 4);

        Table table = tables(List.of(dense, mgaa), Map.of()).getFirst();

        // Items 0 to 3 and 94 to 99 are lost, none gained: p = 1/202, q = 11/202; 1.96 * sqrt((12 - 100/202)/202/202)
        // is 3.29 points, and the middle -4.95.
        assertThat(table.columns()).extracting(Table.Column::name).containsExactly("allocator", "ratio", "piqa acc");
        assertThat(table.rows())
                .containsExactly(List.of("dense", "0", "50.0"), List.of("mgaa", "0.1", "45.0 -5.0±3.3"));
        assertThat(table.notes())
                .containsExactly(
                        "model smollm2-135m, factorization pca",
                        "piqa: 200 items, choices, shots 0, bos none, version 4.0, limited to the first items",
                        "accuracy in percent, its difference to the dense model's in points ± the 95 % interval, paired over"
                                + " items");
    }

    @Test
    void perplexityAndCostStandInTheFirstOfTwoTables() {
        Made dense = new Made(CellSpec.dense("smollm2-135m")).ppl(20).task("piqa", 100, 0);
        Made mgaa = new Made(cell("mgaa", "0.1")).ppl(22).task("piqa", 90, 4);

        List<Table> tables = tables(List.of(dense, mgaa), Map.of());

        assertThat(tables).extracting(Table::title).containsExactly("zero-shot", "zero-shot: accuracy");
        assertThat(tables.getFirst().columns())
                .extracting(Table.Column::name)
                .contains("ppl", "Δ dense", "% of base", "kept", "time");
        assertThat(tables.getLast().columns())
                .extracting(Table.Column::name)
                .containsExactly("allocator", "ratio", "piqa acc");
        assertThat(tables.getLast().notes()).noneMatch(note -> note.startsWith("model"));
    }

    @Test
    void aGroupIsOneColumnPairedOverTheItemsOfItsParts() {
        Made dense = group(new Made(CellSpec.dense("smollm2-135m")), 80, 120);
        Made mgaa = group(new Made(cell("mgaa", "0.1")), 80, 100);

        Table table = tables(List.of(dense, mgaa), Map.of()).getFirst();

        assertThat(table.columns()).extracting(Table.Column::name).containsExactly("allocator", "ratio", "mmlu acc");
        // Of 400 items 20 are lost: p = 1/402, q = 21/402; 1.96 * sqrt((22 - 400/402)/402/402) is 2.23 points.
        assertThat(table.rows().getLast()).last().isEqualTo("45.0 -5.0±2.3");
    }

    @Test
    void aLogThatSaysSomethingElseThanTheScoresGivesNoInterval() {
        Made dense = new Made(CellSpec.dense("smollm2-135m")).task("piqa", 100, 0);
        Made mgaa = new Made(cell("mgaa", "0.1")).task("piqa", 90, 4);
        mgaa.scores.clear();
        mgaa.score("piqa", "acc", 0.4, ITEMS);

        Table table = tables(List.of(dense, mgaa), Map.of()).getFirst();

        assertThat(table.rows().getLast()).last().isEqualTo("40.0 -10.0");
        assertThat(table.notes()).contains("accuracy in percent, its difference to the dense model's in points");
    }

    @Test
    void aLogIsReadOnceATable() {
        List<Made> cells = List.of(
                new Made(CellSpec.dense("smollm2-135m"))
                        .ppl(20)
                        .task("piqa", 100, 0)
                        .task("boolq", 100, 0),
                new Made(cell("uniform", "0.1")).ppl(22).task("piqa", 90, 0).task("boolq", 90, 0),
                new Made(cell("mgaa", "0.1")).ppl(21).task("piqa", 95, 0).task("boolq", 95, 0));
        List<String> read = new ArrayList<>();

        RunTables.of(
                "",
                cells.stream().map(Made::result).toList(),
                cell -> {
                    read.add(cell.cell().allocator());
                    return List.of();
                },
                Map.of());

        assertThat(read).containsExactlyInAnyOrder("dense", "uniform", "mgaa");
    }

    @Test
    void withoutADenseCellThereAreOnlyTheAccuracies() {
        Table table = tables(
                        List.of(
                                new Made(cell("uniform", "0.1")).task("piqa", 80, 0),
                                new Made(cell("mgaa", "0.1")).task("piqa", 90, 0)),
                        Map.of("piqa", "acc_norm"))
                .getFirst();

        assertThat(table.rows())
                .containsExactly(List.of("uniform", "0.1", "45.0", ""), List.of("mgaa", "0.1", "50.0", "*"));
        assertThat(table.notes()).contains("accuracy in percent", "* best acc_norm of its ratio");
    }

    @Test
    void anAccuracyThatATaskHasNotGivesWayToTheOneItHas() {
        Made own = new Made(CellSpec.dense("smollm2-135m"));
        own.asked.put("own:num_fewshot=2", "fingerprint");
        own.score("own:num_fewshot=2", "acc_bytes", 0.25, ITEMS);
        Made both = new Made(CellSpec.dense("smollm2-135m"));
        both.asked.put("own:num_fewshot=2", "fingerprint");
        both.score("own:num_fewshot=2", "acc", 0.25, ITEMS).score("own:num_fewshot=2", "acc_norm", 0.5, ITEMS);

        assertThat(tables(List.of(own), Map.of("own", "acc_norm")).getFirst().columns())
                .extracting(Table.Column::name)
                .contains("own:num_fewshot=2 acc_bytes");
        assertThat(tables(List.of(both), Map.of("own", "acc_norm")).getFirst().columns())
                .extracting(Table.Column::name)
                .contains("own:num_fewshot=2 acc_norm");
    }

    @Test
    void aMeanNeedsAllTasks() {
        Made dense =
                new Made(CellSpec.dense("smollm2-135m")).task("piqa", 100, 0).task("boolq", 120, 0);
        Made part = new Made(cell("mgaa", "0.1")).task("piqa", 90, 0);

        Table table = tables(List.of(dense, part), Map.of()).getFirst();

        assertThat(table.columns()).extracting(Table.Column::name).contains("mean acc (2 tasks)");
        assertThat(table.rows().getFirst()).containsExactly("dense", "0", "50.0", "60.0", "55.0");
        assertThat(table.rows().getLast()).endsWith("", "");
    }

    private static Made group(Made made, int first, int second) {
        made.asked.put("mmlu", "fingerprint");
        made.score("mmlu", "acc", (first + second) / 400.0, 400);
        made.score("mmlu_stem", "acc", (first + second) / 400.0, 400);
        made.part("mmlu_algebra", first, 0);
        made.score("mmlu_algebra", "acc", first / 200.0, ITEMS);
        made.part("mmlu_physics", second, 0);
        return made.score("mmlu_physics", "acc", second / 200.0, ITEMS);
    }

    private static CellSpec cell(String allocator, String ratio) {
        CellSpec cell = Samples.cell(allocator, ratio);
        return new CellSpec(
                "smollm2-135m",
                cell.factorization(),
                cell.factorizationOptions(),
                cell.allocator(),
                cell.options(),
                cell.ratio(),
                cell.seed());
    }

    private static List<Table> tables(List<Made> cells, Map<String, String> metrics) {
        Map<String, List<Item>> items = new HashMap<>();
        cells.forEach(cell -> items.put(cell.spec.toString(), cell.items));
        return RunTables.of(
                "zero-shot",
                cells.stream().map(Made::result).toList(),
                cell -> items.getOrDefault(cell.provenance().identity(), List.of()),
                metrics);
    }

    private static String text(Table table) throws IOException {
        StringBuilder text = new StringBuilder();
        new TextReport().write(table, text);
        return text.toString();
    }
}
