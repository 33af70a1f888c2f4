package org.rankgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A grid file that cannot be run: a sentence a problem, with its place, and exit code 2. */
class BadGridTest {

    @TempDir
    private static Path cache;

    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void open() {
        cli = new Cli(folder, cache);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name: tiny           | name: tiny\\nlayer: {}         | tiny.yaml:2:1 the grid has no key 'layer' (did you mean 'layers'?)
            sequences: 4         | sequences: four                | tiny.yaml:3:47 sequences is the text 'four', expected a whole number
            sequences: 4         | sequences: 99999999999         | tiny.yaml:3:47 sequences is 99999999999, expected a whole number
            uniform              | unifrom                        | tiny.yaml:4:14 there is no allocator 'unifrom' (did you mean 'uniform'?)
            mgaa                 | {id: mgaa, alpa: 1}            | tiny.yaml:4:34 allocator 'mgaa' has no option 'alpa' (did you mean 'alpha'?)
            ratios: [0.2]        | ratios: [1]                    | tiny.yaml:5:10 ratio is 1, expected a number of at least 0 and below 1
            ratios: [0.2]        | ratios: [-0.1]                 | tiny.yaml:5:10 ratio is -0.1, expected a number
            ratios: [0.2]        | ratios: [.nan]                 | tiny.yaml:5:10 ratio is
            limit: 3             | limit: 0                       | tiny.yaml:6:34 limit is 0, expected a whole number
            id: tinystories      | id: tinystory                  | there is no task 'tinystory' (did you mean 'tinystories'?)
            [stories260k]        | [stories260]                   | There is no model 'stories260' (did you mean 'stories260k'?)
            corpus: tinystories  | corpus: tinystorys             | There is no corpus 'tinystorys' (did you mean 'tinystories'
            ratios: [0.2]        | backend: vectr\\nratios: [0.2] | there is no backend 'vectr' (did you mean 'vector'?)
            length: 32           | length: 513                    | calibration: a length of 513 is more than the 512 positions of stories260k
            id: tinystories      | id: concat, corpus: tinystories, window: 1000  | than the 512 positions of the model
            tasks:               | layers: {exclude: ['*.q']}\\ntasks: | layers.exclude: the pattern '*.q' matches no layer of stories260k
            """)
    void aMistakeIsToldWithItsPlace(String part, String replacement, String sentence) {
        Path grid = cli.gridWith(part, replacement.replace("\\n", "\n"));

        cli.runGrid(grid).isRefusedWith(sentence);
    }

    @Test
    void allMistakesAreToldAtOnce() {
        Cli.Ended ended = cli.runGrid(cli.gridWith("ratios: [0.2]", "ratios: [2, x]\nsedes: [1]"));

        assertThat(ended.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(ended.err().lines()).hasSize(3).allMatch(line -> line.contains("tiny.yaml:"));
    }

    @Test
    void anAliasBombIsNotUnfolded() {
        StringBuilder bomb = new StringBuilder("a: &a [x,x,x,x,x,x,x,x,x,x]\n");
        for (char name = 'b'; name < 'l'; name++) {
            String inner = ("*" + (char) (name - 1) + ",").repeat(10);
            bomb.append("%s: &%s [%s]\n".formatted(name, name, inner.substring(0, inner.length() - 1)));
        }

        cli.runGrid(cli.file("bomb.yaml", bomb + "models: *k\n")).isRefusedWith("bomb.yaml:", "100000 values");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[", "name: [\n", "- 1", "just words", "\u0000", "a: 1\na: 2", "\t", "%YAML 9.9\n---\na"})
    void anythingElseThanAGridIsRefused(String text) {
        Cli.Ended ended = cli.runGrid(cli.file("odd.yaml", text));

        assertThat(ended.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(ended.err()).contains("odd.yaml").doesNotContain("\tat ", "Exception");
    }

    @Test
    void aGridThatIsNotThereOrAFolderIsRefused() {
        cli.runGrid(folder.resolve("nowhere.yaml")).isRefusedWith("nowhere.yaml does not exist");
        cli.runGrid(folder).isRefusedWith("is a folder, where a YAML file was expected");
    }

    @Test
    void anEmptyCorpusIsRefused() {
        cli.file("empty.txt", "");
        cli.runGrid(cli.gridWith("corpus: tinystories", "corpus: empty.txt")).isRefusedWith("empty.txt", "no text");
        cli.file("blank.jsonl", "{\"text\": \"  \"}\n");
        cli.runGrid(cli.gridWith("id: tinystories,", "id: concat, corpus: blank.jsonl,"))
                .isRefusedWith("blank.jsonl", "no text");
    }

    @Test
    void aCorpusThatIsTooShortIsRefused() {
        cli.file("short.txt", "Once upon a time.");
        cli.runGrid(cli.gridWith("corpus: tinystories", "corpus: short.txt"))
                .isRefusedWith("corpus short.txt has 6 tokens, fewer than one calibration sequence of 32");
        cli.runGrid(cli.gridWith("id: tinystories,", "id: concat, corpus: short.txt, window: 256,"))
                .isRefusedWith("task concat: its text has 6 tokens, too few for one window of 256 tokens");
    }

    @Test
    void aRatioThatLeavesNoRankFailsItsCells() {
        Cli.Ended ended = cli.runGrid(cli.gridWith("[0.2]", "[0.2, 0.999]"));

        assertThat(ended.code()).isEqualTo(ExitCode.CELLS_FAILED);
        assertThat(ended.err()).contains("FAILED", "use a ratio of at most", "2 failed");
        assertThat(ended.out()).contains("failed").doesNotContain("Exception");
    }

    @Test
    void anOverrideIsCheckedLikeTheFile() {
        String grid = cli.grid().toString();
        cli.run("run", grid, "--set", "ratios").isRefusedWith("--set ratios is not of the form path=value");
        cli.run("run", grid, "--set", "ratios=[2]").isRefusedWith("ratio is 2, expected");
        cli.run("run", grid, "--set", "rations=[0.1]").isRefusedWith("rations", "did you mean 'ratios'");
    }
}
