package org.rankgrid.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rankgrid.results.cell.AllocationCost;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.CellSpec;
import org.rankgrid.results.cell.Cost;
import org.rankgrid.results.cell.Item;
import org.rankgrid.results.cell.Provenance;
import org.rankgrid.results.cell.Samples;
import org.rankgrid.spi.report.Table;
import org.rankgrid.spi.task.Score;

class RunTableTest {

    private static final CellResult DENSE = scored(CellSpec.dense("stories260k"), 6.0, 1.5);
    private static final CellResult UNIFORM_1 = scored(Samples.cell("uniform", "0.1"), 6.5, 2.5);
    private static final CellResult UNIFORM_2 = scored(Samples.cell("uniform", "0.20"), 8.0, 2.5);
    private static final CellResult MGAA_1 = scored(Samples.cell("mgaa", "0.1", "alpha", 0.2, "beta", 1L), 6.4, 61);
    private static final CellResult MGAA_1B = scored(Samples.cell("mgaa", "0.1", "alpha", 0.5, "beta", 1L), 6.6, 3725);
    private static final CellResult MGAA_2 = scored(Samples.cell("mgaa", "0.2", "alpha", 0.2, "beta", 1L), 7.6, 2.5);
    private static final CellResult FAILED = Samples.failed(
            Samples.cell("mgaa", "0.2", "alpha", 0.5, "beta", 1L), "x", "layer q_proj: the spectrum is not finite");

    @Test
    void setsEveryCellBesideDenseAndUniform() throws IOException {
        // In the order of a grid: allocator by allocator, ratios inside.
        Table table = table("quickstart", List.of(DENSE, UNIFORM_1, UNIFORM_2, MGAA_1, MGAA_2, MGAA_1B, FAILED));

        assertThat(text(table)).isEqualTo("""
                quickstart

                allocator       ratio  status    ppl  Δ dense  % of base  best    kept  kept %  tokens/s        time
                --------------  -----  ------  -----  -------  ---------  ----  ------  ------  --------  ----------
                dense               0  ok      6.000                            200000  100.00     17408       1.5 s
                uniform           0.1  ok      6.500   +0.500     108.33        180000   90.00     17408       2.5 s
                mgaa alpha=0.2    0.1  ok      6.400   +0.400      98.46  *     180000   90.00     17408  1 min 01 s
                mgaa alpha=0.5    0.1  ok      6.600   +0.600     101.54        180000   90.00     17408  1 h 02 min
                uniform           0.2  ok      8.000   +2.000      133.3        160000   80.00     17408       2.5 s
                mgaa alpha=0.2    0.2  ok      7.600   +1.600      95.00  *     160000   80.00     17408       2.5 s
                mgaa alpha=0.5    0.2  failed                                                                  0.0 s

                model stories260k, factorization pca
                tinystories: documents, window 512, windows 400, tokens 34816, predicted 34416, bos tokenizer
                % of base: of uniform's at the same ratio, else of the dense model's
                * best ppl of its ratio
                mgaa alpha=0.5, ratio 0.2 failed: layer q_proj: the spectrum is not finite
                """);
    }

    @Test
    void textThatWasCalibratedOnIsTold() {
        Provenance seen = new Provenance(
                "x",
                new LinkedHashMap<>(),
                Samples.map(
                        "calibration",
                        Samples.map(
                                "corpus",
                                "tales",
                                "overlap",
                                Samples.map("tinystories", "3 windows share 64 tokens with it"))));
        CellResult overlapping = new CellResult(
                UNIFORM_1.cell(), UNIFORM_1.outcome(), UNIFORM_1.params(), UNIFORM_1.scores(), UNIFORM_1.cost(), seen);

        assertThat(table("", List.of(DENSE, overlapping)).notes())
                .contains("calibration on tales overlaps with tinystories: 3 windows share 64 tokens with it");
    }

    @Test
    void severalTasksAndSeedsGetTheirColumns() {
        CellResult first = seeded("uniform", 0, Samples.ppl("tinystories", 123.456), Samples.ppl("wikitext2", 50));
        CellResult second = seeded("mgaa", 0, Samples.ppl("tinystories", 120), Samples.ppl("wikitext2", 48));
        CellResult third = seeded("mgaa", 1, Samples.ppl("tinystories", 2e6), Samples.ppl("wikitext2", 60));

        Table table = table("", List.of(first, second, third));

        assertThat(table.columns())
                .extracting(Table.Column::name)
                .containsExactly(
                        "allocator",
                        "ratio",
                        "seed",
                        "tinystories ppl",
                        "tinystories ppl % of base",
                        "wikitext2 ppl",
                        "wikitext2 ppl % of base",
                        "best",
                        "kept",
                        "kept %",
                        "tokens/s",
                        "time");
        assertThat(table.rows())
                .extracting(row -> row.subList(2, 8))
                .containsExactly(
                        List.of("0", "123.46", "", "50.000", "", ""),
                        List.of("0", "120.00", "97.20", "48.000", "96.00", "tinystories ppl, wikitext2 ppl"),
                        List.of("1", "2.000e+06", "", "60.000", "", ""));
        String protocol = ": documents, window 512, windows 400, tokens 34816, predicted 34416, bos tokenizer";
        assertThat(table.notes())
                .containsExactly(
                        "model stories260k, factorization pca",
                        "tinystories" + protocol,
                        "wikitext2" + protocol,
                        "% of base: of uniform's at the same ratio, else of the dense model's");
    }

    @Test
    void wordPerplexityStandsForWhatSaysTheSame() {
        SequencedMap<String, Object> protocol = Samples.map("name", "rolling");
        CellResult cell = Samples.result(
                Samples.cell("uniform", "0.1"),
                "x",
                new Score("wikitext", "word_perplexity", 30, OptionalDouble.empty(), 62, protocol),
                new Score("wikitext", "byte_perplexity", 1.9, OptionalDouble.empty(), 62, protocol),
                new Score("wikitext", "bits_per_byte", 0.9, OptionalDouble.empty(), 62, protocol));

        assertThat(table("", List.of(cell)).columns())
                .extracting(Table.Column::name)
                .contains("word_perplexity")
                .doesNotContain("byte_perplexity", "bits_per_byte");
    }

    @Test
    void whatVariesBetweenTheRowsHasAColumn() {
        CellSpec svd = new CellSpec(
                "smollm2-135m",
                Optional.of("svd"),
                Samples.map(),
                "uniform",
                Samples.map(),
                Optional.of(new BigDecimal("0.1")),
                OptionalLong.of(0));

        Table table = table("", List.of(UNIFORM_1, scored(svd, 7, 1)));

        assertThat(table.columns())
                .extracting(Table.Column::name)
                .startsWith("model", "factorization", "allocator", "ratio");
        assertThat(table.rows())
                .extracting(row -> row.subList(0, 2))
                .containsExactly(List.of("stories260k", "pca"), List.of("smollm2-135m", "svd"));
        assertThat(table.notes()).noneMatch(note -> note.startsWith("model"));
    }

    @Test
    void whatIsNoShareIsNotPassedOffAsAnAccuracy() {
        Score words = new Score("own", "words", 12.5, OptionalDouble.empty(), 3, Samples.protocol());

        Table table = table("", List.of(Samples.result(Samples.cell("uniform", "0.1"), "x", words)));

        assertThat(table.columns()).extracting(Table.Column::name).contains("words");
        assertThat(table.rows().getFirst()).contains("12.500");
    }

    @Test
    void nllIsShownOnlyWhereThereIsNoPpl() {
        Score nll = new Score("a", "nll", 1.5, OptionalDouble.empty(), 3, Samples.protocol());
        CellResult both = Samples.result(Samples.cell("uniform", "0.1"), "x", nll, Samples.ppl("a", 5));
        CellResult alone = Samples.result(Samples.cell("uniform", "0.1"), "x", nll);

        assertThat(table("", List.of(both)).columns())
                .extracting(Table.Column::name)
                .doesNotContain("nll");
        assertThat(table("", List.of(alone)).columns())
                .extracting(Table.Column::name)
                .contains("nll");
    }

    @Test
    void scoresMeasuredInDifferentWaysAreNotPassedOffAsAlike() {
        Score other =
                new Score("a", "ppl", 5, OptionalDouble.empty(), 8, Samples.map("name", "concat", "window", 2048L));
        List<CellResult> cells = List.of(
                Samples.result(Samples.cell("uniform", "0.1"), "x", Samples.ppl("a", 5)),
                Samples.result(Samples.cell("mgaa", "0.1"), "y", other));

        assertThat(table("", cells).notes())
                .contains("a was measured in 2 ways, rows of different ones cannot be compared: documents, window 512,"
                        + " windows 400, tokens 34816, predicted 34416, bos tokenizer; concat, window 2048");
    }

    @Test
    void aPlanWithoutARatioStandsAtTheEnd() {
        CellSpec ranks = new CellSpec(
                "stories260k",
                Optional.of("pca"),
                Samples.map(),
                "ranks",
                Samples.map(),
                Optional.empty(),
                OptionalLong.empty());

        Table table = table("", List.of(scored(ranks, 7, 1), UNIFORM_2, DENSE));

        assertThat(table.rows()).extracting(List::getFirst).containsExactly("dense", "uniform", "ranks");
        assertThat(table.rows().getLast().get(1)).isEmpty();
    }

    @Test
    void quotientsOfPerplexitiesHaveTheirPairedInterval() {
        CellResult uniform = identified("uniform", 8);
        CellResult mgaa = identified("mgaa", 7.9);
        // Equal windows: the differences are -0.3, 0.1, 0.1 and 0.1; the 0.975 quantile for three degrees is 3.1824.
        Map<String, List<Item>> items = Map.of("uniform", windows(2, 2.1, 1.9, 2), "mgaa", windows(1.7, 2.2, 2, 2.1));

        Table table =
                table("", List.of(uniform, mgaa), cell -> items.get(cell.cell().allocator()));

        double error = 3.1824 * 0.2 / 2;
        assertThat(table.columns()).extracting(Table.Column::name).contains("% of base", "95 %");
        assertThat(table.rows().getLast())
                .contains(String.format(Locale.ROOT, "%.1f to %.1f", 100 * Math.exp(-error), 100 * Math.exp(error)));
        assertThat(table.notes())
                .contains("% of base: of uniform's at the same ratio, else of the dense model's; 95 %: its confidence"
                        + " interval, paired over windows");
    }

    @Test
    void windowsThatDoNotPairGiveNoInterval() {
        Map<String, List<Item>> items = Map.of("uniform", windows(2, 2.1, 1.9), "mgaa", windows(1.7, 2.2));

        Table table = table(
                "",
                List.of(identified("uniform", 8), identified("mgaa", 7.9)),
                cell -> items.get(cell.cell().allocator()));

        assertThat(table.columns())
                .extracting(Table.Column::name)
                .contains("% of base")
                .doesNotContain("95 %");
    }

    @Test
    void whatASearchCostHasItsColumns() {
        CellResult plain = scored(Samples.cell("uniform", "0.1"), 7, 1);
        Cost cost = new Cost(9, 1, 1, new AllocationCost(75, 4096, 0, 25), new LinkedHashMap<>());
        CellResult search = new CellResult(
                Samples.cell("bayesian", "0.1"),
                plain.outcome(),
                plain.params(),
                plain.scores(),
                cost,
                plain.provenance());

        Table table = table("", List.of(plain, search));

        assertThat(table.columns()).extracting(Table.Column::name).containsSequence("trials", "allocate");
        assertThat(table.rows().getFirst()).containsSequence("", "");
        assertThat(table.rows().getLast()).containsSequence("25", "1 min 15 s");
    }

    @Test
    void noCellsGiveATableWithoutRows() {
        assertThat(table("empty", List.of()).rows()).isEmpty();
    }

    private static Table table(String title, List<CellResult> cells) {
        return table(title, cells, _ -> List.of());
    }

    private static Table table(String title, List<CellResult> cells, Function<CellResult, List<Item>> items) {
        List<Table> tables = RunTables.of(title, cells, items, Map.of());
        assertThat(tables).hasSize(1);
        return tables.getFirst();
    }

    private static CellResult scored(CellSpec cell, double ppl, double seconds) {
        CellResult result = Samples.result(cell, "x", Samples.ppl("tinystories", ppl));
        Cost cost = new Cost(seconds, 34_816, 2.0, AllocationCost.NONE, new LinkedHashMap<>());
        return new CellResult(
                result.cell(), result.outcome(), result.params(), result.scores(), cost, result.provenance());
    }

    private static CellResult identified(String allocator, double ppl) {
        return Samples.result(Samples.cell(allocator, "0.1"), allocator, Samples.ppl("tinystories", ppl));
    }

    private static List<Item> windows(double... nll) {
        return IntStream.range(0, nll.length)
                .mapToObj(index -> (Item) new Item.Window("tinystories", index, 511, nll[index]))
                .toList();
    }

    private static CellResult seeded(String allocator, long seed, Score... scores) {
        CellSpec cell = new CellSpec(
                "stories260k",
                Optional.of("pca"),
                Samples.map(),
                allocator,
                Samples.map(),
                Optional.of(new BigDecimal("0.3")),
                OptionalLong.of(seed));
        return Samples.result(cell, allocator + seed, scores);
    }

    private static String text(Table table) throws IOException {
        StringBuilder text = new StringBuilder();
        new TextReport().write(table, text);
        return text.toString();
    }
}
