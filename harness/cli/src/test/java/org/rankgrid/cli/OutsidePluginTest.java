package org.rankgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.spi.compute.BackendProvider;

/** Jars that came from outside the tree: the good ones work, and the bad ones harm nobody else. */
class OutsidePluginTest {

    private static final String EVEN =
            "return new RankWish(allocation.layers().stream().mapToDouble(Layer::breakEvenRank).toArray());";

    @TempDir
    private static Path cache;

    @TempDir
    private Path folder;

    private Cli cli;
    private Path plugins;

    @BeforeEach
    void open() {
        cli = new Cli(folder, cache);
        plugins = folder.resolve("plugins");
    }

    @Test
    void anAllocatorInPluginsBesideTheGridIsListedAndUsed() throws IOException {
        Path jar = new OutsideJar()
                .with(
                        "Even",
                        "even-share",
                        "double[] wish = Apportionment.repair(allocation.budget(), allocation.layers(), new RankWish("
                                + "allocation.layers().stream().mapToDouble(Layer::breakEvenRank).toArray()))"
                                + ".layers().stream().mapToDouble(Layer::breakEvenRank).toArray();"
                                + " return new RankWish(wish);")
                .write(plugins.resolve("even.jar"));

        Cli.Ended listed = cli.run("plugins", "allocators", "--plugins", plugins.toString())
                .succeeds();
        assertThat(listed.out()).contains("even-share", "Somebody's idea of allocation.", jar.toString());
        assertThat(listed.err()).contains("plugin code loaded from " + jar);

        Cli.Ended run = cli.runGrid(cli.gridWith("[uniform, mgaa]", "[uniform, even-share]"))
                .succeeds();
        assertThat(run.err()).contains("plugin code loaded from " + jar, "3 cells computed");
        // Break-even ranks are what uniform wishes, so that both get the same plan.
        assertThat(perplexity(run, "even-share")).isEqualTo(perplexity(run, "uniform"));
    }

    @Test
    void anAllocatorThatFailsFailsItsCellsAndNoOthers() throws IOException {
        new OutsideJar()
                .with("Thrower", "thrower", "throw new UnsupportedOperationException(\"not\\n today\");")
                .with("Endless", "endless", "return allocate(allocation);")
                .with("Nothing", "nothing", "return null;")
                .with("Short", "short", "return new RankWish(1, 2);")
                .with(
                        "Nan",
                        "nan",
                        "double[] w = new double[allocation.layers().size()]; w[1] = 0.0 / 0; return new"
                                + " RankWish(w);")
                .with("Greedy", "greedy", "allocation.statistics().spectrum(0); " + EVEN)
                .with("Lost", "lost", "throw new NoClassDefFoundError(\"some/Library\");")
                .with("Zero", "zero", "return new RankWish(new double[allocation.layers().size()]);")
                .with(
                        "Huge",
                        "huge",
                        "double[] w = new double[allocation.layers().size()]; Arrays.fill(w, 1e308);"
                                + " return new RankWish(w);")
                .write(plugins.resolve("bad.jar"));

        Cli.Ended run = cli.runGrid(cli.gridWith(
                "[uniform, mgaa]", "[thrower, endless, nothing, short, nan, greedy, lost, zero, huge, uniform, mgaa]"));

        assertThat(run.code()).isEqualTo(ExitCode.CELLS_FAILED);
        assertThat(run.err())
                .contains(
                        "allocator thrower failed with UnsupportedOperationException: not today",
                        "allocator endless failed with StackOverflowError",
                        "allocator nothing returned null",
                        "allocator short returned 2 ranks for 35 layers",
                        "allocator nan",
                        "asks for SPECTRA without declaring it",
                        "allocator lost failed with NoClassDefFoundError: some/Library",
                        "12 cells computed",
                        "7 failed")
                .doesNotContain("\tat ");
        assertThat(rows(run, "uniform")).contains("ok");
        assertThat(rows(run, "mgaa")).contains("ok");
        assertThat(rows(run, "zero")).contains("ok");
        assertThat(rows(run, "huge")).contains("ok");

        Cli.Ended again = cli.runGrid(folder.resolve("tiny.yaml"));
        assertThat(again.code()).isEqualTo(ExitCode.CELLS_FAILED);
        assertThat(again.err()).contains("0 cells computed", "7 failed (--retry-failed computes them again)");
        assertThat(cli.runGrid(folder.resolve("tiny.yaml"), "--retry-failed").err())
                .contains("7 cells computed");
    }

    @Test
    void debugShowsWhereAPluginFailed() throws IOException {
        new OutsideJar()
                .with("Thrower", "thrower", "throw new UnsupportedOperationException();")
                .write(plugins.resolve("bad.jar"));

        assertThat(cli.runGrid(cli.gridWith("mgaa", "thrower"), "--debug").err())
                .contains("outside.Thrower.allocate(");
    }

    @Test
    void anAllocatorThatFailsWhenItIsLookedAtIsLeftOut() throws IOException {
        new OutsideJar()
                .with("Fixed", "fixed", EVEN, "public boolean fixedPlan() { throw new IllegalStateException(\"no\"); }")
                .with("Speechless", "speechless", EVEN, "public String version() { return null; }")
                .write(plugins.resolve("bad.jar"));

        Cli.Ended run = cli.runGrid(cli.grid()).succeeds();
        assertThat(run.err())
                .contains("warning: ", "outside.Fixed", "outside.Speechless")
                .doesNotContain("\tat ");
        Cli.Ended used = cli.runGrid(cli.gridWith("mgaa", "fixed"));
        assertThat(used.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(used.err()).contains("there is no allocator 'fixed'").doesNotContain("\tat ");
    }

    @Test
    void twoAllocatorsOfOneIdAreBothNamed() throws IOException {
        new OutsideJar().with("First", "twin", EVEN).write(plugins.resolve("a.jar"));
        new OutsideJar().with("Second", "twin", EVEN).write(plugins.resolve("b.jar"));

        Cli.Ended run = cli.runGrid(cli.gridWith("mgaa", "twin"));

        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err())
                .contains("allocator 'twin' is provided by", "outside.First", "a.jar", "outside.Second", "b.jar");
        assertThat(run.err()).contains("remove all but one").doesNotContain("\tat ");
    }

    @Test
    void whatIsNoPluginIsSaid() {
        cli.file("plugins/broken.jar", "no jar");

        Cli.Ended run = cli.runGrid(cli.grid()).succeeds();

        assertThat(run.err()).contains("warning: ", "broken.jar is not a readable jar");
    }

    @Test
    void aBackendThatCannotRunHereHasItsOwnExitCode() throws IOException {
        new OutsideJar().providing(BackendProvider.class, "Absent", """
                        package outside;
                        import java.util.List;
                        import org.rankgrid.spi.Availability;
                        import org.rankgrid.spi.compute.*;
                        public class Absent implements BackendProvider {
                            public String id() { return "absent"; }
                            public String summary() { return "A machine nobody has."; }
                            public int preference() { return 1000; }
                            public Availability probe() {
                                return new Availability.Unavailable(List.of("no such device", "no driver"));
                            }
                            public Backend open(int threads) { throw new IllegalStateException(); }
                        }
                        """).write(plugins.resolve("absent.jar"));

        cli.runGrid(cli.grid(), "--backend", "absent")
                .isRefused(ExitCode.BACKEND_UNAVAILABLE, "backend 'absent' cannot run here: no such device; no driver");
        cli.runGrid(cli.grid()).succeeds();
        assertThat(cli.run("plugins", "backends", "--plugins", plugins.toString())
                        .out())
                .contains("[UNAVAILABLE: no such device; no driver]");
    }

    private static String rows(Cli.Ended run, String allocator) {
        return run.out()
                .lines()
                .filter(line -> line.startsWith(allocator + " "))
                .findFirst()
                .orElseThrow();
    }

    private static String perplexity(Cli.Ended run, String allocator) {
        return rows(run, allocator).split(" +", -1)[2];
    }
}
