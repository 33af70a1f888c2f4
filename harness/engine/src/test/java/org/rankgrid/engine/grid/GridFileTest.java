package org.rankgrid.engine.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.data.yaml.YamlProblem;

class GridFileTest {

    private static final String SOUND = """
            models: [stories260k]
            calibration: {corpus: tinystories, sequences: 64, length: 256}
            allocators: [uniform, mgaa]
            ratios: [0.1, 0.2]
            tasks: [tinystories]
            """;

    @TempDir
    Path folder;

    private GridSpec parse(String text, String... overrides) {
        return GridFile.parse("grid.yaml", text, folder, List.of(overrides), TestPlugins.ALL, TestPlugins.NAMES);
    }

    private List<String> problems(String text, String... overrides) {
        GridProblems problems = catchThrowableOfType(GridProblems.class, () -> parse(text, overrides));
        return problems.problems().stream().map(YamlProblem::toString).toList();
    }

    @Test
    void aSmallGridMeansItsDefaults() {
        GridSpec grid = parse(SOUND);
        assertThat(grid.name()).isEqualTo("grid");
        assertThat(grid.models()).containsExactly("stories260k");
        assertThat(grid.calibration())
                .contains(new Calibration(new TextSample("tinystories", 64, 256, OptionalLong.empty()), 32));
        assertThat(grid.validation()).isEmpty();
        assertThat(grid.factorizations()).extracting(PluginChoice::label).containsExactly("pca");
        assertThat(grid.allocators())
                .extracting(allocator -> allocator.choice().label())
                .containsExactly("uniform", "mgaa");
        assertThat(grid.allocators().getFirst().ratios()).containsExactly(new BigDecimal("0.1"), new BigDecimal("0.2"));
        assertThat(grid.seeds()).containsExactly(0L);
        assertThat(grid.tasks()).extracting(task -> task.choice().label()).containsExactly("tinystories");
        assertThat(grid.tasks().getFirst().limit()).isEmpty();
        assertThat(grid.layers().patterns()).isEmpty();
        assertThat(grid.backend()).isEmpty();
        assertThat(grid.decompositions()).isEmpty();
        assertThat(grid.threads()).isEmpty();
        assertThat(grid.warnings()).isEmpty();
        assertThat(grid.cells()).isEqualTo(5);
    }

    @Test
    void everyKeyIsRead() throws IOException {
        Files.writeString(folder.resolve("mine.json"), "{}");
        GridSpec grid = parse("""
                name: everything
                models: [a, ../b/c.gguf, org/model]
                calibration: {corpus: tinystories, sequences: 8, length: 256, seed: 3, groups: 4}
                validation: {corpus: tinystories-validation, sequences: 16, length: 128}
                factorizations: [pca, {id: damped, damping: [0.1, 0.2]}]
                allocators:
                  - dense
                  - {id: mgaa, alpha: [0.2, 0.35, 0.5], group: per-type}
                  - {id: ranks, file: mine.json}
                ratios: [0, 0.10, 1e-1, 25e-2]
                seeds: [0, 7]
                tasks:
                  - tinystories
                  - {id: wikitext2, limit: 8}
                  - {id: concat, corpus: mine.txt, window: 128}
                layers: {exclude: ['*.down_proj', 'model.layers.0.*']}
                backend: scalar
                decompositions: auto
                threads: 2
                limit: 3
                """);
        assertThat(grid.name()).isEqualTo("everything");
        assertThat(grid.models()).containsExactly("a", "../b/c.gguf", "org/model");
        assertThat(grid.calibration())
                .contains(new Calibration(new TextSample("tinystories", 8, 256, OptionalLong.of(3)), 4));
        assertThat(grid.validation()).contains(new TextSample("tinystories-validation", 16, 128, OptionalLong.empty()));

        assertThat(grid.factorizations())
                .extracting(PluginChoice::label)
                .containsExactly("pca", "damped:damping=0.1", "damped:damping=0.2");
        assertThat(grid.allocators())
                .extracting(allocator -> allocator.choice().label())
                .containsExactly(
                        "mgaa:alpha=0.2:group=per-type",
                        "mgaa:group=per-type",
                        "mgaa:alpha=0.5:group=per-type",
                        "ranks:file=mine.json");
        assertThat(grid.allocators().getFirst().ratios())
                .containsExactly(BigDecimal.ZERO, new BigDecimal("0.1"), new BigDecimal("0.25"));
        assertThat(grid.seeds()).containsExactly(0L, 7L);
        assertThat(grid.tasks())
                .extracting(TaskChoice::limit)
                .containsExactly(OptionalInt.of(3), OptionalInt.of(8), OptionalInt.of(3));
        assertThat(grid.tasks().getLast().choice().label()).isEqualTo("concat:corpus=mine.txt:window=128");
        assertThat(grid.layers().patterns()).containsExactly("*.down_proj", "model.layers.0.*");
        assertThat(grid.backend()).contains("scalar");
        assertThat(grid.decompositions()).isEmpty();
        assertThat(grid.threads()).hasValue(2);
        assertThat(grid.warnings())
                .containsExactly(
                        "grid.yaml:4:13 validation is for allocators that search, and none of this grid does: nothing"
                                + " reads it",
                        "grid.yaml:10:19 ratio 1e-1 stands twice; it counts once");
        assertThat(grid.withLimit(1).tasks()).extracting(TaskChoice::limit).containsOnly(OptionalInt.of(1));
        // dense, and 3 factorizations x (3 mgaa x 3 ratios + 1 ranks) x 2 seeds, for each of 3 models.
        assertThat(grid.cells()).isEqualTo(3 * (1 + 3 * (3 * 3 + 1) * 2));
    }

    @Test
    void aSingleValueIsAListOfOne() {
        GridSpec grid = parse(
                "models: m\ncalibration: {corpus: c, sequences: 1, length: 2}\nallocators: {id: mgaa, alpha: 1}\nratios: 0.5\nseeds: 3\ntasks: tinystories\n");
        assertThat(grid.models()).containsExactly("m");
        assertThat(grid.allocators().getFirst().ratios()).containsExactly(new BigDecimal("0.5"));
        assertThat(grid.calibration().orElseThrow().groups()).isEqualTo(1);
    }

    @Test
    void theDenseModelAloneNeedsNoMore() {
        GridSpec grid = parse("{models: [m], allocators: [dense], tasks: [tinystories]}");
        assertThat(grid.allocators()).isEmpty();
        assertThat(grid.cells()).isEqualTo(1);
    }

    @Test
    void fixedPlansNeedNoRatio() throws IOException {
        Files.writeString(folder.resolve("r.json"), "{}");
        GridSpec grid = parse(
                "models: [m]\ncalibration: {corpus: c, sequences: 4, length: 8}\nallocators: [{id: ranks, file: r.json}]\ntasks: [tinystories]");
        assertThat(grid.cells()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "modles: [a] => grid.yaml:6:1 the grid has no key 'modles' (did you mean 'models'?)",
                "banana: 1 => grid.yaml:6:1 the grid has no key 'banana'; known: name, models, calibration, validation, factorizations, allocators, ratios, seeds, tasks, profile, layers, backend, decompositions, threads, limit",
                "ratios: [0.1] => grid.yaml:6:1 key 'ratios' stands twice, first at grid.yaml:4:1; remove one",
                "seeds: [] => grid.yaml:6:8 seeds is an empty list, which leaves no cell; give at least one",
                "seeds: [-1] => grid.yaml:6:9 seed is -1, expected a whole number of at least 0",
                "seeds: [1.5] => grid.yaml:6:9 seed is 1.5, expected a whole number of at least 0",
                "name: 3 => grid.yaml:6:7 name is 3, expected a text; put it in quotes if it is one",
                "name: ' ' => grid.yaml:6:7 name is empty",
                "backend: vektor => grid.yaml:6:10 there is no backend 'vektor'; known: scalar",
                "backend: scalr => grid.yaml:6:10 there is no backend 'scalr' (did you mean 'scalar'?)",
                "decompositions: jav => grid.yaml:6:17 there is no decompositions library 'jav' (did you mean 'java'?)",
                "threads: 0 => grid.yaml:6:10 threads is 0, expected a whole number from 1 to 1024",
                "limit: x => grid.yaml:6:8 limit is the text 'x', expected a whole number from 1 to 2147483647",
                "layers: [a] => grid.yaml:6:9 layers is a list, expected a mapping such as {exclude: ['*.down_proj']}",
                "layers: {} => grid.yaml:6:9 layers needs 'exclude': patterns of layer keys, such as ['*.down_proj']",
                "layers: {exlude: a, exclude: b} => grid.yaml:6:10 layers has no key 'exlude' (did you mean 'exclude'?)",
                "validation: here => grid.yaml:6:13 validation is the text 'here', expected a mapping such as {corpus: tinystories, sequences: 64, length: 256}",
                "validation: {corpus: tinystory, sequences: 1, length: 2} => grid.yaml:6:22 corpus 'tinystory': no such corpus (did you mean 'tinystories'?)",
                "validation: {corpus: a, sequences: 1} => grid.yaml:6:13 validation needs 'length': a whole number from 2 to 1048576",
                "validation: {corpus: a, sequences: 1, length: 2, sed: 3} => grid.yaml:6:50 validation has no option 'sed' (did you mean 'seed'?)",
                "validation: {corpus: a, sequences: 1, length: 2, groups: 3} => grid.yaml:6:50 validation has no option 'groups'; known: corpus, sequences, length, seed",
                "factorizations: [pac] => grid.yaml:6:18 there is no factorization 'pac' (did you mean 'pca'?)",
                "factorizations: [{id: pca, damping: 1}] => grid.yaml:6:28 factorization 'pca' has no option 'damping'; it has none",
            })
    void aBadLineIsOneSentence(String line, String sentence) {
        assertThat(problems(SOUND + line)).containsExactly(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "models=[stories26k] => --set models model 'stories26k': no such model (did you mean 'stories260k'?)",
                "models=[3] => --set models model is 3, expected a text; put it in quotes if it is one",
                "models=[] => --set models models is an empty list, which leaves no cell; give at least one",
                "calibration=3 => --set calibration calibration is 3, expected a mapping such as {corpus: tinystories, sequences: 64, length: 256}",
                "calibration.groups=100 => --set calibration.groups groups is 100, more than the 64 sequences",
                "calibration.seed=x => --set calibration.seed calibration seed is the text 'x', expected a whole number of at least 0",
                "calibration.sequences=0 => --set calibration.sequences sequences is 0, expected a whole number from 1 to 1000000",
                "calibration.corpus=tinystory => --set calibration.corpus corpus 'tinystory': no such corpus (did you mean 'tinystories'?)",
                "calibraton.sequences=8 => --set calibraton.sequences the grid has no key 'calibraton' (did you mean 'calibration'?)",
                "calibration.sequence=8 => --set calibration.sequence calibration has no option 'sequence' (did you mean 'sequences'?)",
                "ratios=[1.0] => --set ratios ratio is 1.0, expected a number of at least 0 and below 1: the share of parameters that is removed",
                "ratios=[-0.1] => --set ratios ratio is -0.1, expected a number of at least 0 and below 1: the share of parameters that is removed",
                "ratios=['0.1'] => --set ratios ratio is the text '0.1', expected a number of at least 0 and below 1: the share of parameters that is removed",
                "ratios=.nan => --set ratios ratio is .nan, expected a number of at least 0 and below 1: the share of parameters that is removed",
                "ratios=20% => --set ratios ratio is the text '20%', expected a number of at least 0 and below 1: the share of parameters that is removed",
                "allocators=[mga] => --set allocators there is no allocator 'mga' (did you mean 'mgaa'?)",
                "allocators=[{id: mgaa, alpha: [0.2, 11]}] => --set allocators alpha is 11, expected a number from 0 to 10",
                "allocators=[{id: ranks}] => --set allocators allocator 'ranks' needs 'file': the path of a file",
                "allocators=[ranks] => --set allocators allocator 'ranks' needs 'file': the path of a file",
                "allocators=[{mgaa: {alpha: 1}}] => --set allocators this allocator has no 'id'; write {id: mgaa, option: value}",
                "allocators=[{alpha: 1}] => --set allocators this allocator has no 'id', expected {id: ..., option: value}",
                "allocators=[3] => --set allocators allocator is 3, expected an id, or {id: ..., option: value}; 'rankgrid plugins' lists the ids",
                "allocators=[{id: [mgaa]}] => --set allocators allocator is a list, expected an id, or {id: ..., option: value}; 'rankgrid plugins' lists the ids",
                "allocators=[{id: dense, alpha: 1}] => --set allocators allocator 'dense' has no options",
                "tasks=[tinystory] => --set tasks there is no task 'tinystory' (did you mean 'tinystories'?)",
                "tasks=[{id: tinystories, limit: 0}] => --set tasks limit is 0, expected a whole number from 1 to 2147483647",
                "tasks=[{id: tinystories, window: [64, 128]}] => --set tasks window is a list, expected a whole number from 2 to 1048576",
                "tasks=[tinystories, {id: tinystories, limit: 2}] => --set tasks task 'tinystories' stands twice with different limits; keep one",
            })
    void aBadSettingIsOneSentence(String setting, String sentence) {
        assertThat(problems(SOUND, setting)).containsExactly(sentence);
    }

    @Test
    void allProblemsComeAtOnceInTheOrderOfTheFile() {
        assertThat(problems("""
                nam: example
                models: [stories26k]
                calibration: {corpus: tinystory, sequences: 6.5, lenght: 256}
                allocators:
                  - unifrom
                  - {id: mgaa, alhpa: [0.2], alpha: ['a']}
                ratios: [0.1, 1.1]
                tasks: []
                """))
                .containsExactly(
                        "grid.yaml:1:1 the grid has no key 'nam' (did you mean 'name'?)",
                        "grid.yaml:2:10 model 'stories26k': no such model (did you mean 'stories260k'?)",
                        "grid.yaml:3:14 calibration needs 'length': a whole number from 2 to 1048576",
                        "grid.yaml:3:23 corpus 'tinystory': no such corpus (did you mean 'tinystories'?)",
                        "grid.yaml:3:45 sequences is 6.5, expected a whole number from 1 to 1000000",
                        "grid.yaml:3:50 calibration has no option 'lenght' (did you mean 'length'?)",
                        "grid.yaml:5:5 there is no allocator 'unifrom' (did you mean 'uniform'?)",
                        "grid.yaml:6:16 allocator 'mgaa' has no option 'alhpa' (did you mean 'alpha'?)",
                        "grid.yaml:6:38 alpha is the text 'a', expected a number from 0 to 10",
                        "grid.yaml:7:15 ratio is 1.1, expected a number of at least 0 and below 1: the share of parameters that is removed",
                        "grid.yaml:8:8 tasks is an empty list, which leaves no cell; give at least one");
    }

    @Test
    void whatIsMissingIsSaidWithAnExample() {
        assertThat(problems("name: x"))
                .containsExactly(
                        "grid.yaml:1:1 the grid needs 'allocators', such as [uniform]",
                        "grid.yaml:1:1 the grid needs 'models', such as [stories260k]",
                        "grid.yaml:1:1 the grid needs 'tasks', such as [tinystories]");
        assertThat(problems("{models: m, allocators: uniform, tasks: tinystories}"))
                .containsExactly(
                        "grid.yaml:1:1 the grid needs 'calibration', such as {corpus: tinystories, sequences: 64, length: 256}: its allocators compress from statistics of a text",
                        "grid.yaml:1:1 the grid needs 'ratios', such as [0.1, 0.2]: the shares of parameters that are removed");
        assertThat(problems("[1]"))
                .containsExactly(
                        "grid.yaml:1:1 the grid is a list, expected a mapping with models, allocators and tasks");
        assertThat(problems(""))
                .containsExactly(
                        "grid.yaml:1:1 the grid is nothing, expected a mapping with models, allocators and tasks");
    }

    @Test
    void repetitionsAreWarnedOfAndCountOnce() {
        GridSpec grid = parse(
                SOUND,
                "allocators=[mgaa, {id: mgaa, alpha: 0.35}, uniform]",
                "models=[a, a]",
                "tasks=[tinystories, tinystories]");
        assertThat(grid.allocators())
                .extracting(allocator -> allocator.choice().label())
                .containsExactly("mgaa", "uniform");
        assertThat(grid.models()).containsExactly("a");
        assertThat(grid.tasks()).hasSize(1);
        assertThat(grid.warnings())
                .containsExactlyInAnyOrder(
                        "--set allocators allocator 'mgaa' stands twice; it counts once",
                        "--set models model a stands twice; it counts once",
                        "--set tasks task 'tinystories' stands twice; it counts once");
    }

    @Test
    void aGridOfTooManyCellsIsRefused() {
        assertThat(problems(SOUND, "seeds=" + numbers(1000), "allocators.mgaa.skip=" + numbers(50)))
                .containsExactly("grid.yaml:1:1 the grid has 102001 cells, more than 100000; split it");
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }

    @Test
    void aFileIsReadWithItsFolder() throws IOException {
        Files.writeString(folder.resolve("mine.json"), "{}");
        Path grid = Files.writeString(folder.resolve("small.yaml"), SOUND);
        GridSpec spec = GridFile.read(
                grid, List.of("allocators=[{id: ranks, file: mine.json}]"), TestPlugins.ALL, TestPlugins.NAMES);
        assertThat(spec.name()).isEqualTo("small");
        assertThat(spec.allocators().getFirst().choice().options().file("file").bytes())
                .asString()
                .isEqualTo("{}");
    }

    @Test
    void theBundledGridsAreSound() {
        Path grids = Path.of("..", "grids");
        GridSpec quickstart =
                GridFile.read(grids.resolve("quickstart.yaml"), List.of(), TestPlugins.ALL, TestPlugins.NAMES);
        assertThat(quickstart.warnings()).isEmpty();
        assertThat(quickstart.cells()).isEqualTo(13);
        GridSpec smollm2 = GridFile.read(grids.resolve("smollm2.yaml"), List.of(), TestPlugins.ALL, TestPlugins.NAMES);
        assertThat(smollm2.warnings()).isEmpty();
        assertThat(smollm2.cells()).isEqualTo(7);
        assertThat(smollm2.tasks().getFirst().limit()).hasValue(8);
    }

    @Test
    void anAllocatorThatSearchesNeedsAValidationText() {
        assertThat(problems(SOUND, "allocators=[uniform, searcher]"))
                .containsExactly(
                        "grid.yaml:1:1 the grid needs 'validation', such as {corpus: tinystories-validation, sequences: 16,"
                                + " length: 256}: allocator 'searcher' tries plans on it");
        assertThat(problems(SOUND, "allocators=[{id: polish, start: searcher}]"))
                .singleElement()
                .asString()
                .endsWith("allocator 'polish' tries plans on it");
        assertThat(parse(
                                SOUND,
                                "allocators=[{id: polish, start: searcher}]",
                                "validation={corpus: a, sequences: 1, length: 2}")
                        .warnings())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "{id: polish, start: unifrom} => start: there is no allocator 'unifrom' (did you mean 'uniform'?)",
                "{id: polish, start: 3} => start is 3, expected the id of an allocator, or {id: ..., option: value}",
                "{id: polish, start: {alpha: 1}} => start is a mapping, expected the id of an allocator, or {id: ..., option: value}",
                "{id: polish, start: {id: mgaa, alphaa: 1}} => allocator 'mgaa' has no option 'alphaa' (did you mean 'alpha'?)",
                "{id: polish, start: {id: mgaa, alpha: [0.1, 0.2]}} => alpha is a list, expected a number from 0 to 10",
                "{id: polish, start: ranks} => allocator 'ranks' needs 'file': the path of a file",
                "{id: polish, start: {id: polish, start: {id: polish, start: {id: polish, start: {id: mgaa, alpha: 1}}}}} => start is inside 3 others already, which is as deep as starts may be nested"
            })
    void aStartIsReadLikeAnAllocator(String allocator, String problem) {
        assertThat(problems(SOUND, "allocators=[" + allocator + "]"))
                .singleElement()
                .asString()
                .endsWith(problem);
    }

    @Test
    void anAllocatorMayHaveRatiosOfItsOwn() {
        GridSpec grid = parse(
                SOUND,
                "allocators=[{id: uniform, ratios: [0.3, 0.5]}, {id: mgaa, ratios: 0.4}, {id: mgaa, alpha: 2}]",
                "ratios=[0.1]");
        assertThat(grid.allocators())
                .extracting(AllocatorChoice::ratios)
                .containsExactly(
                        List.of(new BigDecimal("0.3"), new BigDecimal("0.5")),
                        List.of(new BigDecimal("0.4")),
                        List.of(new BigDecimal("0.1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "{id: mgaa, ratios: [1.5]} => ratio is 1.5, expected a number of at least 0 and below 1: the share of parameters that is removed",
                "{id: mgaa, ratios: []} => ratios is an empty list, which leaves no cell; give at least one",
                "mgaa, {id: mgaa, ratios: 0.7} => allocator 'mgaa' stands twice with different ratios; keep one",
                "{id: polish, start: {id: mgaa, ratios: 0.7}} => allocator 'mgaa' has no option 'ratios'"
            })
    void ratiosOfAnAllocatorAreChecked(String allocators, String problem) {
        assertThat(problems(SOUND, "allocators=[" + allocators + "]"))
                .singleElement()
                .asString()
                .contains(problem);
    }

    @Test
    void aListOfStartsIsAnAxis() {
        assertThat(parse(SOUND, "allocators=[{id: polish, start: [uniform, {id: mgaa, alpha: 0.5}, none]}]")
                        .allocators())
                .extracting(allocator -> allocator.choice().label())
                .containsExactly("polish", "polish:start=mgaa:alpha=0.5", "polish:start=none");
    }

    private void taskFile(String name, String id) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), """
                task: %s
                output_type: perplexity
                dataset_path: tinystories-test
                protocol: documents
                window: 128
                metadata: {version: 1}
                description: Perplexity of stories.
                """.formatted(id));
    }

    @Test
    void aTaskMayBeAFileBesideTheGrid() throws IOException {
        taskFile("tasks/mine.yaml", "mine");
        taskFile("tinystories.yaml", "tinystories");
        GridSpec grid = parse(SOUND.replace(
                "[tinystories]",
                "[tinystories, ./tinystories.yaml, {id: tasks/mine.yaml, limit: 10, window: 64}, tasks/mine.yaml]"));
        assertThat(grid.tasks())
                .extracting(TaskChoice::label)
                .containsExactly("tinystories", "tinystories.yaml", "tasks/mine.yaml:window=64", "tasks/mine.yaml");
        assertThat(grid.tasks())
                .extracting(task -> task.run().name())
                .containsExactly("tinystories", "tinystories.yaml", "mine", "mine");
        assertThat(grid.tasks().get(2).limit()).hasValue(10);
    }

    @Test
    void aTaskFileThatIsMissingOrDamagedIsAProblemWithItsPlaceInTheGrid() throws IOException {
        Files.writeString(folder.resolve("broken.yaml"), "task: [");
        assertThat(problems(SOUND.replace("[tinystories]", "[tinystorie.yaml, broken.yaml]")))
                .satisfiesExactly(
                        missing -> assertThat(missing)
                                .startsWith("grid.yaml:5:9 there is no task file ")
                                .endsWith("tinystorie.yaml (did you mean 'tinystories'?)"),
                        broken ->
                                assertThat(broken).startsWith("grid.yaml:5:26 ").contains("broken.yaml:1:"));
    }

    @Test
    void aProfileSetsDefaultsAndWhatATaskSaysWins() {
        GridSpec grid = parse(SOUND.replace(
                        "[tinystories]", "[tinystories, {id: wikitext2, window: 512}, {id: wikitext2, bos: none}]")
                + "profile: llm-pruner");
        assertThat(grid.profile())
                .hasValueSatisfying(profile -> assertThat(profile.id()).isEqualTo("llm-pruner"));
        assertThat(grid.title()).isEqualTo("grid, profile llm-pruner");
        assertThat(grid.tasks())
                .extracting(task -> task.choice().options().whole("window"))
                .containsExactly(128L, 512L, 128L);
        assertThat(grid.tasks())
                .extracting(task -> task.choice().options().text("bos"))
                .containsExactly("tokenizer", "tokenizer", "none");
    }

    @Test
    void aProfileThatIsNotKnownIsAProblem() {
        assertThat(problems(SOUND, "profile=bolacco"))
                .containsExactly("--set profile there is no profile 'bolacco' (did you mean 'bolaco'?)");
        assertThat(parse(SOUND).profile()).isEmpty();
        assertThat(parse(SOUND).title()).isEqualTo("grid");
    }
}
