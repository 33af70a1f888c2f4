package org.rankgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says is what happens. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..", "..");

    private final String readme = read(ROOT.resolve("README.md"));

    @TempDir
    private Path folder;

    @Test
    void theTableOfTheQuickstartIsWhatTheQuickstartPrints() {
        String printed = out(
                "run",
                ROOT.resolve("harness/grids/quickstart.yaml").toString(),
                "--out",
                folder.resolve("run").toString(),
                "--cache",
                folder.resolve("cache").toString());

        List<String[]> shown = rows(block("quickstart"));
        List<String[]> real = rows(printed);
        assertThat(real).hasSameSizeAs(shown).isNotEmpty();
        for (int i = 0; i < shown.size(); i++) {
            String[] claim = shown.get(i);
            String[] fact = real.get(i);
            // Allocator and ratio to the letter; perplexity as far as another processor's rounding may reach.
            assertThat(fact[0] + fact[1]).isEqualTo(claim[0] + claim[1]);
            double ppl = Double.parseDouble(claim[2]);
            assertThat(Double.parseDouble(fact[2])).isCloseTo(ppl, within(2e-3 * ppl));
        }
    }

    @Test
    void theMistakesOfTheExampleAreToldAsShown() throws IOException {
        Path grid = folder.resolve("grid.yaml");
        Files.writeString(grid, """
                name: mistakes
                models: [stories260k]
                calibration: {corpus: tinystories, sequences: 64, lenght: 256}
                allocators:
                  - unifrom
                  - {id: mgaa, alpha: [0.2, high]}
                ratios: [0.2, 1.5]
                tasks: [tinystories]
                """);
        Cli.Ended ended = new Cli(folder, folder.resolve("cache")).runGrid(grid);

        assertThat(ended.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(ended.err().replace(folder + "/", "").strip())
                .isEqualTo(block("mistakes").strip());
    }

    @Test
    void theVerbsAreThoseThatAreThere() {
        String help = out("--help");
        Matcher verbs = Pattern.compile("(?m)^\\| `(\\w+)").matcher(section("## Verbs"));
        List<String> named =
                verbs.results().map(verb -> verb.group(1)).distinct().toList();
        assertThat(named).isNotEmpty().allSatisfy(verb -> assertThat(help).containsPattern("(?m)^  " + verb + "\\b"));
        Matcher there = Pattern.compile("(?m)^  (\\w+) ").matcher(help.substring(help.indexOf("Commands:")));
        assertThat(there.results().map(verb -> verb.group(1)).toList()).isSubsetOf(named);
    }

    @Test
    void theRoomsAreThoseThatAreThere() throws IOException {
        Matcher rooms = Pattern.compile("(?m)^\\| `([a-z/]+)`").matcher(section("## Find your way"));
        List<String> named = rooms.results().map(room -> room.group(1)).toList();
        List<String> there = new ArrayList<>(List.of("allocators", "backends", "tasks", "results"));
        try (Stream<Path> folders = Files.list(ROOT.resolve("harness"))) {
            folders.filter(Files::isDirectory).forEach(room -> there.add("harness/" + room.getFileName()));
        }
        assertThat(named).containsExactlyInAnyOrderElementsOf(there);
    }

    private static String out(String... arguments) {
        return Cli.words(arguments).succeeds().out();
    }

    /** The rows of a table whose columns are at least two spaces apart. */
    private static List<String[]> rows(String text) {
        return text.lines()
                .dropWhile(line -> !line.startsWith("---"))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .map(line -> line.split(" {2,}"))
                .toList();
    }

    private String block(String name) {
        Matcher block = Pattern.compile("<!-- " + name + " -->\\n```\\n(.*?)```", Pattern.DOTALL)
                .matcher(readme);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private String section(String title) {
        int from = readme.indexOf(title);
        int to = readme.indexOf("\n## ", from + 1);
        assertThat(from).isNotNegative();
        return readme.substring(from, to);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
