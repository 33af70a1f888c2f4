package org.rankgrid.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.cli.bench.MachineProbe;
import org.rankgrid.results.json.Json;
import org.rankgrid.results.json.JsonObject;
import picocli.CommandLine;

/** The commands that compare run at a tiny size and write down what they say. */
class ComparisonsTest {

    private static final MachineProbe.Effort LITTLE = new MachineProbe.Effort(1000, 1 << 20);

    @TempDir
    private Path folder;

    @Test
    void productsAreComparedAsRatios() throws Exception {
        JsonObject run = run(
                new Products(LITTLE),
                "--shape=24x16",
                "--rows=3,70",
                "--no-square",
                "--threads=1",
                "--rounds=2",
                "--turn=0");
        assertThat(run.text("what")).isEqualTo("products");
        assertThat(run.text("library")).isNotBlank();
        assertThat(run.objects("products"))
                .hasSize(2)
                .allSatisfy(product -> assertThat(product.object("ratio").real("median"))
                        .isCloseTo(
                                product.real("gflops") / product.real("library_gflops"),
                                within(product.object("ratio").real("highest"))));
        // Fewer than 64 rows do not count.
        assertThat(run.object("geometric_mean_by_threads").real("1"))
                .isCloseTo(run.objects("products").getLast().object("ratio").real("median"), within(0.01));
    }

    @Test
    void aGridIsComparedWithItsParts() throws Exception {
        Path grid = Files.writeString(folder.resolve("grid.yaml"), """
                models: [stories260k]
                calibration: {corpus: tinystories, sequences: 2, length: 16}
                allocators: [uniform]
                ratios: [0.2]
                tasks: [{id: tinystories, limit: 2}]
                """);
        JsonObject run = run(new GridTiming(LITTLE), grid.toString(), "--rounds=1", "--cache=" + folder);
        assertThat(run.objects("parts")).singleElement().satisfies(parts -> {
            assertThat(parts.real("calibration")).isPositive();
            assertThat(parts.real("decomposition")).isPositive();
            assertThat(parts.real("evaluation")).isPositive();
            assertThat(parts.real("loading")).isPositive();
        });
        assertThat(run.object("times_parts").real("median"))
                .isGreaterThan(run.object("times_parts_with_loading").real("median"));
        assertThat(run.whole("tokens")).isGreaterThan(32);
    }

    @Test
    void theWindowsOfACorpusAreScoredOrWrittenForOthers() throws Exception {
        Windows windows = new Windows();
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(new CommandLine(windows)
                            .execute("--model=stories260k", "--window=32", "--count=2", "--cache=" + folder))
                    .isZero();
        } finally {
            System.setOut(before);
        }
        JsonObject result = Json.parse("printed", printed.toByteArray());
        assertThat(result.whole("tokens")).isEqualTo(64);
        assertThat(result.real("ppl")).isGreaterThan(1);

        assertThat(new CommandLine(new Windows())
                        .execute("--model=stories260k", "--write=" + folder.resolve("text"), "--cache=" + folder))
                .isZero();
        assertThat(Files.readString(folder.resolve("text/text.txt"))).contains("Robert Boulter");
        assertThat(Files.readString(folder.resolve("text/tokens.json")))
                .startsWith("[")
                .endsWith("]");
    }

    private JsonObject run(Object command, String... words) throws Exception {
        Path history = folder.resolve("history.jsonl");
        String[] all = new String[words.length + 1];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--history=" + history;
        assertThat(new CommandLine(command).execute(all)).isZero();
        return Json.parse("history", Files.readAllLines(history).getLast().getBytes(StandardCharsets.UTF_8));
    }
}
