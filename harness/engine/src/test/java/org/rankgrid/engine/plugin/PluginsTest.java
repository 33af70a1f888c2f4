package org.rankgrid.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.TaskProvider;

class PluginsTest {

    @TempDir
    Path folder;

    private Plugins discover() {
        return Plugins.discover(List.of(folder));
    }

    private List<String> problems() {
        return discover().problems().stream().map(PluginProblem::toString).toList();
    }

    @Test
    void whatIsOnTheClassPathIsBuiltIn() {
        Plugins plugins = Plugins.discover(List.of());
        assertThat(plugins.problems()).isEmpty();
        assertThat(plugins.loaded()).isEmpty();
        assertThat(plugins.tasks().ids()).contains("tinystories", "wikitext2");
        assertThat(plugins.tasks().all().getFirst().origin().place()).isEqualTo("built in");
        assertThat(plugins.all()).extracting(PluginSet::kind).containsExactly(PluginKind.values());
    }

    @Test
    void aJarInAFolderIsUsed() {
        Path jar = new PluginJar().withAllocator("Deep", "deep", "").write(folder.resolve("deep.jar"));
        Plugins plugins = discover();
        assertThat(plugins.problems()).isEmpty();
        assertThat(plugins.loaded()).containsExactly(jar);
        assertThat(plugins.allocators().get("deep").summary()).isEqualTo("A test's allocator.");
        assertThat(plugins.allocators().all().getLast().origin()).hasToString("class acme.Deep (" + jar + ")");
        assertThat(Plugins.discover(List.of(jar)).allocators().ids()).contains("deep");
    }

    @Test
    void aPluginSeesItsInterfacesButNothingElseOfTheHost() {
        String look = """
                public String summary() {
                    StringBuilder seen = new StringBuilder();
                    for (String name : List.of("org.rankgrid.spi.Plugin", "org.rankgrid.engine.plugin.Plugins",
                            "org.rankgrid.data.yaml.YamlNode", "tools.jackson.databind.JsonNode", "java.sql.Driver")) {
                        try {
                            Class.forName(name);
                            seen.append(name).append(' ');
                        } catch (ClassNotFoundException hidden) {
                        }
                    }
                    return seen + "" + getClass().getClassLoader().getResource("META-INF/services/org.rankgrid.spi.task.TaskProvider");
                }
                """;
        String source = PluginJar.allocator("Spy", "spy", "")
                .replaceFirst("public String summary.*\n", look.replace("$", "\\$"));
        new PluginJar()
                .with("Spy", source)
                .providing(Allocator.class, "acme.Spy")
                .write(folder.resolve("spy.jar"));
        assertThat(discover().allocators().get("spy").summary())
                .isEqualTo("org.rankgrid.spi.Plugin java.sql.Driver null");
    }

    @Test
    void theJarsOfASubfolderSeeEachOther() throws IOException {
        Path own = Files.createDirectory(folder.resolve("own"));
        String library = "public class Library { public static String word() { return \"from the library\"; } }";
        String source = PluginJar.allocator("User", "user", "").replace("\"A test's allocator.\"", "Library.word()");
        Path all = new PluginJar().with("Library", library).with("User", source).write(folder.resolve("all.tmp"));
        splitClass(all, "acme/Library.class", own.resolve("library.jar"));
        splitClass(all, "acme/User.class", own.resolve("user.jar"));
        Plugins plugins = discover();
        assertThat(plugins.problems()).isEmpty();
        assertThat(plugins.allocators().get("user").summary()).isEqualTo("from the library");
        assertThat(plugins.loaded()).containsExactly(own);
        assertThat(plugins.allocators().all().getLast().origin().jar()).contains(own.resolve("user.jar"));
    }

    private static void splitClass(Path from, String entry, Path to) throws IOException {
        try (var in = new JarFile(from.toFile());
                var out = new JarOutputStream(Files.newOutputStream(to))) {
            out.putNextEntry(new JarEntry(entry));
            in.getInputStream(in.getEntry(entry)).transferTo(out);
            if (entry.contains("User")) {
                out.putNextEntry(new JarEntry("META-INF/services/" + Allocator.class.getName()));
                out.write("acme.User # the provider\n".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void jarsAreApartSoThatEqualClassNamesDoNotMeet() {
        new PluginJar().withAllocator("Same", "first", "").write(folder.resolve("a.jar"));
        new PluginJar().withAllocator("Same", "second", "").write(folder.resolve("b.jar"));
        assertThat(discover().allocators().ids()).contains("first", "second");
    }

    @Test
    void anIdClaimedTwiceBelongsToNobodyAndBothAreNamed() {
        Path a = new PluginJar().withAllocator("One", "deep", "").write(folder.resolve("a.jar"));
        Path b = new PluginJar()
                .withAllocator("Two", "deep", "")
                .withAllocator("Three", "fine", "")
                .write(folder.resolve("b.jar"));
        Plugins plugins = discover();
        String sentence = "allocator 'deep' is provided by class acme.One (" + a + ") and by class acme.Two (" + b
                + "); remove all but one";
        assertThat(plugins.problems()).containsExactly(new PluginProblem(sentence));
        assertThat(plugins.allocators().ids()).contains("fine").doesNotContain("deep");
        assertThatThrownBy(() -> plugins.allocators().get("deep"))
                .isInstanceOf(InputException.class)
                .hasMessage(sentence);
    }

    @Test
    void anIdOfABuiltInPluginCannotBeTaken() {
        String provider = """
                import java.util.*;
                import org.rankgrid.spi.option.*;
                import org.rankgrid.spi.task.*;
                public class Mine implements TaskProvider {
                    public List<Task> tasks() { return List.of(new Task() {
                        public String id() { return "wikitext2"; }
                        public String summary() { return "Mine."; }
                        public Questions questions(DataLibrary library, Options options) { throw new AssertionError(); }
                    }); }
                }
                """;
        Path jar = new PluginJar()
                .with("Mine", provider)
                .providing(TaskProvider.class, "acme.Mine")
                .write(folder.resolve("mine.jar"));
        assertThat(problems())
                .singleElement()
                .asString()
                .matches(
                        "task 'wikitext2' is provided by class org\\.rankgrid\\.tasks\\.\\w+ \\(built in\\) and by class acme\\.Mine \\("
                                + Pattern.quote(jar.toString()) + "\\); remove all but one");
    }

    @Test
    void aBrokenProviderIsNamedAndTheOthersLoad() {
        Path jar = new PluginJar()
                .withAllocator(
                        "Throws", "throws", "public Throws() { throw new IllegalStateException(\"no\\nluck\"); }")
                .withAllocator("Hidden", "hidden", "private Hidden() {}")
                .withAllocator("Starts", "starts", "static { if (true) throw new ArithmeticException(); }")
                .with("Other", "public class Other {}")
                .providing(Allocator.class, "acme.Other")
                .providing(Allocator.class, "acme.Missing")
                .withAllocator("Good", "good", "")
                .write(folder.resolve("mixed.jar"));
        assertThat(discover().allocators().ids()).contains("good");
        assertThat(problems())
                .containsExactly(
                        "class acme.Throws (" + jar
                                + ") cannot be instantiated: java.lang.IllegalStateException: no luck",
                        jar
                                + " declares a provider of org.rankgrid.spi.allocate.Allocator that cannot be loaded: acme.Hidden Unable to get public no-arg constructor",
                        "class acme.Starts (" + jar + ") cannot be instantiated: java.lang.ArithmeticException",
                        jar
                                + " declares a provider of org.rankgrid.spi.allocate.Allocator that cannot be loaded: acme.Other not a subtype",
                        jar
                                + " declares a provider of org.rankgrid.spi.allocate.Allocator that cannot be loaded: Provider acme.Missing not found");
    }

    /** What a plugin tells about itself, and what is said of it. */
    private record Nonsense(String id, String body, String sentence) {}

    private static final List<Nonsense> NONSENSE = List.of(
            new Nonsense("Deep", "", "the id 'Deep' is not made of lower-case letters, digits and single hyphens"),
            new Nonsense("a--b", "", "the id 'a--b' is not made of lower-case letters, digits and single hyphens"),
            new Nonsense("a_b", "", "the id 'a_b' is not made of lower-case letters, digits and single hyphens"),
            new Nonsense("../x", "", "the id '../x' is not made of lower-case letters, digits and single hyphens"),
            new Nonsense("", "", "it has no id"),
            new Nonsense("dense", "", "the id 'dense' is reserved"),
            new Nonsense("a", "public String version() { return null; }", "it has no version"),
            new Nonsense(
                    "a",
                    "public List<OptionSpec> options() { throw new UnsupportedOperationException(\"later\"); }",
                    "it fails when asked about itself: java.lang.UnsupportedOperationException: later"),
            new Nonsense(
                    "a",
                    "public List<OptionSpec> options() { return null; }",
                    "it fails when asked about itself: java.lang.NullPointerException"),
            new Nonsense(
                    "a",
                    options("OptionSpec.whole(\"k\", 1, 5, 7, \"\")"),
                    "option 'k' has the default 7, which is not a whole number from 1 to 5"),
            new Nonsense(
                    "a",
                    options("OptionSpec.real(\"k\", 0, 1, Double.NaN, \"\")"),
                    "option 'k' has the default NaN, which is not a number from 0 to 1"),
            new Nonsense(
                    "a",
                    options("new OptionSpec(\"k\", new OptionType.Real(0, 1), Optional.of(1), \"\")"),
                    "option 'k' has the default 1, which is not a number from 0 to 1"),
            new Nonsense(
                    "a",
                    options("OptionSpec.flag(\"k\", true, \"\"), OptionSpec.flag(\"k\", true, \"\")"),
                    "option 'k' is declared twice"),
            new Nonsense("a", options("OptionSpec.flag(\"id\", true, \"\")"), "option 'id' has a reserved name"),
            new Nonsense(
                    "a",
                    options("OptionSpec.flag(\"aB\", true, \"\")"),
                    "option 'aB' is not named by lower-case words joined by hyphens"),
            new Nonsense(
                    "a",
                    options("new OptionSpec(\"k\", new OptionType.Whole(3, 2), Optional.empty(), \"\")"),
                    "option 'k' allows no value"));

    @Test
    void pluginsThatTellNonsenseAboutThemselvesAreLeftOut() {
        PluginJar bad = new PluginJar();
        for (int i = 0; i < NONSENSE.size(); i++) {
            bad.withAllocator("Bad" + i, NONSENSE.get(i).id(), NONSENSE.get(i).body());
        }
        Path jar = bad.withAllocator("Good", "good", "").write(folder.resolve("bad.jar"));
        Plugins plugins = discover();
        assertThat(plugins.problems()).hasSameSizeAs(NONSENSE);
        for (int i = 0; i < NONSENSE.size(); i++) {
            assertThat(plugins.problems().get(i).sentence())
                    .startsWith("allocator of class acme.Bad" + i + " (" + jar + ") is left out: "
                            + NONSENSE.get(i).sentence());
        }
        assertThat(plugins.allocators().ids()).containsExactly("good");
    }

    private static String options(String specs) {
        return "public List<OptionSpec> options() { return List.of(" + specs + "); }";
    }

    @Test
    void anAllocatorWhoseDefaultStartCannotBeHadIsLeftOut() {
        String start = """
                public List<OptionSpec> options() { return List.of(
                    OptionSpec.allocator("start", %s, "From which.")); }
                """;
        new PluginJar()
                .withAllocator("Base", "base", """
                        public List<OptionSpec> options() { return List.of(OptionSpec.real("alpha", 0, 1, 0.5, "How.")); }
                        """)
                .withAllocator("Fine", "fine", start.formatted("AllocatorReference.of(\"base\")"))
                .withAllocator("None", "starts-from-none", start.formatted("AllocatorReference.NONE"))
                .withAllocator("Typo", "typo", start.formatted("AllocatorReference.of(\"bose\")"))
                .withAllocator("After", "after", start.formatted("AllocatorReference.of(\"typo\")"))
                .withAllocator("Circle", "circle", start.formatted("AllocatorReference.of(\"circle\")"))
                .withAllocator(
                        "Large",
                        "large",
                        start.formatted(
                                "new AllocatorReference(\"base\", new LinkedHashMap<>(Map.of(\"alpha\", 2.0)))"))
                .write(folder.resolve("starts.jar"));

        assertThat(discover().allocators().ids())
                .contains("base", "fine", "starts-from-none")
                .doesNotContain("typo", "after", "circle", "large");
        assertThat(problems())
                .anyMatch(problem ->
                        problem.endsWith("is left out: option 'start' has the default 'bose', and there is no"
                                + " allocator 'bose' (did you mean 'base'?)"))
                .anyMatch(
                        problem -> problem.contains("option 'start' has the default 'typo', and there is no allocator"))
                .anyMatch(problem -> problem.endsWith(
                        "option 'start' has the default 'circle', which starts from others more than 3 deep"))
                .anyMatch(problem -> problem.endsWith("option 'start' has the default 'base:alpha=2.0', whose option"
                        + " 'alpha' takes a number from 0 to 1"))
                .hasSize(4);
    }

    @Test
    void aTaskProviderThatThrowsIsNamed() {
        String provider = """
                import java.util.*;
                import org.rankgrid.spi.task.*;
                public class Mine implements TaskProvider {
                    public List<Task> tasks() { throw new IllegalStateException("not today"); }
                }
                """;
        new PluginJar()
                .with("Mine", provider)
                .providing(TaskProvider.class, "acme.Mine")
                .write(folder.resolve("mine.jar"));
        assertThat(problems())
                .singleElement()
                .asString()
                .endsWith("mine.jar) fails when asked for its tasks: java.lang.IllegalStateException: not today");
    }

    @Test
    void filesThatAreNoPluginJarsAreSaidToBeNone() throws IOException {
        Path damaged = Files.write(folder.resolve("damaged.jar"), new byte[] {'P', 'K', 3, 4, 5});
        Path idle = new PluginJar().with("Other", "public class Other {}").write(folder.resolve("idle.jar"));
        Path text = Files.writeString(folder.resolve("README.txt"), "not a jar");
        Path missing = folder.resolve("missing");
        List<PluginProblem> problems =
                Plugins.discover(List.of(folder, missing, text)).problems();
        assertThat(problems).hasSize(4);
        assertThat(problems.get(0).sentence()).startsWith(damaged + " is not a readable jar: ");
        assertThat(problems.get(1).sentence()).isEqualTo("plugin folder " + missing + " does not exist");
        assertThat(problems.get(2).sentence()).isEqualTo(text + " is neither a folder of plugins nor a jar");
        assertThat(problems.get(3).sentence())
                .isEqualTo(idle + " holds no plugin: it declares none under META-INF/services");
    }

    @Test
    void aServicesFileOfNonsenseIsAProblem() {
        new PluginJar().providing(Allocator.class, "no class name at all").write(folder.resolve("nonsense.jar"));
        assertThat(problems())
                .singleElement()
                .asString()
                .contains(
                        "nonsense.jar declares a provider of org.rankgrid.spi.allocate.Allocator that cannot be loaded: ");
    }

    @Test
    void anUnknownIdIsAnsweredWithTheNearestOrAll() {
        new PluginJar()
                .withAllocator("Deep", "depth-linear", "")
                .withAllocator("Even", "even", "")
                .write(folder.resolve("a.jar"));
        PluginSet<Allocator> allocators = discover().allocators();
        assertThatThrownBy(() -> allocators.get("dept-linear"))
                .isInstanceOf(InputException.class)
                .hasMessage("there is no allocator 'dept-linear' (did you mean 'depth-linear'?)");
        assertThat(allocators.missing("xyz")).isEqualTo("there is no allocator 'xyz'; known: depth-linear, even");
        assertThat(discover().backends().missing("x")).startsWith("there is no backend 'x'; ");
        assertThat(allocators.get("even").needs(Options.defaults(List.of()))).isEmpty();
    }

    @Test
    void foldersAreBesideTheGridThenOfTheVariableThenNamed() throws IOException {
        Path grid = folder.resolve("grid.yaml");
        assertThat(Plugins.folders(Optional.of(grid), Map.of(), List.of())).isEmpty();
        Path beside = Files.createDirectory(folder.resolve("plugins"));
        Path a = folder.resolve("a");
        Path b = folder.resolve("b");
        Path c = folder.resolve("c");
        assertThat(Plugins.folders(
                        Optional.of(grid),
                        Map.of("RANKGRID_PLUGINS", a + File.pathSeparator + b),
                        List.of(c, a, beside)))
                .containsExactly(beside, a, b, c);
        assertThatThrownBy(() -> Plugins.folders(Optional.empty(), Map.of("RANKGRID_PLUGINS", "\0"), List.of()))
                .isInstanceOf(InputException.class);
    }
}
