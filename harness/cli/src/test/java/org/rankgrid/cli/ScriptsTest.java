package org.rankgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The scripts {@code rankgrid} and {@code build} in a copy of the tree, with JDKs and a Maven that only say their names. */
@DisabledOnOs(OS.WINDOWS)
class ScriptsTest {

    @TempDir
    private Path folder;

    private Path root;
    private Path tools;

    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void copyTheScripts() throws IOException {
        Path sources = Path.of("../..").toAbsolutePath().normalize();
        root = Files.createDirectories(folder.resolve("a tree with spaces"));
        for (String script : List.of(
                "rankgrid",
                "build",
                "harness/cli/src/main/scripts/find-jdk.sh",
                "harness/cli/src/main/scripts/java-flags.sh",
                "harness/cli/src/main/scripts/start.sh")) {
            Path copy = root.resolve(script);
            Files.createDirectories(copy.getParent());
            Files.copy(sources.resolve(script), copy);
        }
        tools = Files.createDirectories(folder.resolve("tools"));
    }

    @Test
    void withoutAJdkOneSentenceSaysWhatToDo() throws IOException, InterruptedException {
        Path old = jdk("old", "17.0.9");
        for (String script : List.of("rankgrid", "build")) {
            Ended ended = run(root.resolve(script), folder, Map.of("JAVA_HOME", old.toString()));

            assertThat(ended.code()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(ended.err().lines())
                    .singleElement()
                    .asString()
                    .contains("needs a JDK 25 or newer", "install one", "set RANKGRID_JAVA_HOME");
            assertThat(ended.out()).isEmpty();
        }
    }

    @Test
    void aJdkIsFoundInItsVariableOrInTheUsualFolders() throws IOException, InterruptedException {
        built();
        Path old = jdk("old", "17.0.9");
        Path fresh = jdk("jvm/fresh", "25.0.1");
        Path early = jdk("early", "26-ea");

        assertThat(start(Map.of("RANKGRID_JAVA_HOME", fresh.toString())).out()).contains("java of " + fresh);
        assertThat(start(Map.of("JAVA_HOME", early.toString())).out()).contains("java of " + early);
        assertThat(start(Map.of("JAVA_HOME", old.toString(), "RANKGRID_JVM_FOLDERS", folder + "/jvm/*"))
                        .out())
                .contains("java of " + fresh);
        Ended wrong = start(Map.of("RANKGRID_JAVA_HOME", old.toString(), "JAVA_HOME", fresh.toString()));
        assertThat(wrong.out()).contains("java of " + fresh);
        assertThat(wrong.err()).contains("RANKGRID_JAVA_HOME=" + old + " is not a JDK 25");
    }

    @Test
    void itStartsFromAnywhereAndThroughALink() throws IOException, InterruptedException {
        built();
        Map<String, String> environment = Map.of("JAVA_HOME", jdk("jdk", "25").toString());
        Path link = Files.createSymbolicLink(folder.resolve("link"), root.resolve("rankgrid"));

        for (Path script : List.of(root.resolve("rankgrid"), link)) {
            Ended ended = run(script, tools, environment, "run", "my grid.yaml");

            assertThat(ended.code()).isZero();
            assertThat(ended.out().lines())
                    .contains("org.rankgrid.cli.Main", "my grid.yaml", "in " + tools.toRealPath())
                    .anyMatch(line -> line.contains("a tree with spaces/harness/cli/target/rankgrid/lib/one.jar"));
        }
    }

    @Test
    void largePagesAreAskedForWhereLinuxLendsThem() throws IOException, InterruptedException {
        built();
        String jdk = jdk("jdk", "25.0.1").toString();
        Path mode = folder.resolve("enabled");

        for (String lent : List.of("always [madvise] never\n", "[always] madvise never\n")) {
            Files.writeString(mode, lent);
            assertThat(start(Map.of("JAVA_HOME", jdk, "RANKGRID_HUGE_PAGES_FILE", mode.toString()))
                            .out())
                    .contains("-XX:+UseTransparentHugePages");
        }
        Files.writeString(mode, "always madvise [never]\n");
        for (String file : List.of(mode.toString(), folder + "/missing")) {
            assertThat(start(Map.of("JAVA_HOME", jdk, "RANKGRID_HUGE_PAGES_FILE", file))
                            .out())
                    .contains("-XX:+UseParallelGC")
                    .doesNotContain("HugePages");
        }
    }

    @Test
    void theArchiveOfClassesIsMadeOnceAfterABuild() throws IOException, InterruptedException {
        built();
        Path jdk = jdkThatMakesArchives("jdk");
        Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString());

        assertThat(start(environment).out()).contains("-XX:SharedArchiveFile=" + home().resolve("rankgrid.jsa"));
        assertThat(start(environment).out()).contains("-XX:SharedArchiveFile=" + home().resolve("rankgrid.jsa"));
        assertThat(archivesMade()).isEqualTo(1);
        assertThat(filesAtHome()).containsExactlyInAnyOrder("lib", "complete", "rankgrid.jsa", "rankgrid.jsa.for");
        assertThat(folder.resolve("rehearsed")).content().contains("org.rankgrid.cli.ArchiveRehearsal");
    }

    @Test
    void theArchiveIsMadeAgainForOtherJarsAndForAnotherJdk() throws IOException, InterruptedException {
        built();
        Path jdk = jdkThatMakesArchives("jdk");
        Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString());
        start(environment);

        Files.setLastModifiedTime(home().resolve("rankgrid.jsa.for"), FileTime.fromMillis(0));
        start(environment);
        assertThat(archivesMade()).as("newer jars").isEqualTo(2);

        FileTime old = FileTime.fromMillis(0);
        Files.setLastModifiedTime(Files.writeString(home().resolve("lib/two.jar"), ""), old);
        start(environment);
        assertThat(archivesMade()).as("one more jar").isEqualTo(3);

        Path other = jdkThatMakesArchives("other");
        Files.setLastModifiedTime(other.resolve("release"), old);
        start(Map.of("JAVA_HOME", other.toString()));
        assertThat(archivesMade()).as("another JDK").isEqualTo(4);
        start(Map.of("JAVA_HOME", other.toString()));
        assertThat(archivesMade()).isEqualTo(4);
    }

    @Test
    void whatAKilledMakerLeftIsNeitherUsedNorKept() throws IOException, InterruptedException {
        built();
        Files.writeString(home().resolve("rankgrid.jsa"), "of an earlier build");
        Files.writeString(home().resolve("rankgrid.jsa.4711"), "half of one");
        Files.writeString(home().resolve("rankgrid.jsa.4711.list"), "java/lang/Object");
        Path jdk = jdkThatMakesArchives("jdk");

        start(Map.of("JAVA_HOME", jdk.toString()));

        assertThat(archivesMade()).isEqualTo(1);
        assertThat(filesAtHome()).containsExactlyInAnyOrder("lib", "complete", "rankgrid.jsa", "rankgrid.jsa.for");
        assertThat(home().resolve("rankgrid.jsa")).hasContent("an archive");
    }

    @Test
    void whereNoArchiveCanBeMadeJavaStartsWithoutAndDoesNotTryEveryTime() throws IOException, InterruptedException {
        built();
        Path jdk = jdk("jdk", "25");
        javaWhoseRehearsalEndsBy(jdk, "exit 1");
        Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString());

        for (int start = 0; start < 2; start++) {
            Ended without = start(environment);
            assertThat(without.out()).contains("org.rankgrid.cli.Main").doesNotContain("SharedArchiveFile");
            assertThat(without.err()).isEmpty();
        }
        assertThat(Files.readAllLines(folder.resolve("tried"))).hasSize(1);
    }

    @Test
    void whereJavaWasKilledWhileItMadeTheArchiveTheNextStartMakesIt() throws IOException, InterruptedException {
        built();
        Path jdk = jdk("jdk", "25");
        javaWhoseRehearsalEndsBy(jdk, "kill -KILL $$");
        Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString());

        for (int start = 0; start < 2; start++) {
            assertThat(start(environment).out()).doesNotContain("SharedArchiveFile");
        }
        assertThat(Files.readAllLines(folder.resolve("tried"))).hasSize(2);
        assertThat(filesAtHome()).containsExactlyInAnyOrder("lib", "complete");
    }

    private void javaWhoseRehearsalEndsBy(Path jdk, String end) throws IOException {
        executable(
                jdk.resolve("bin/java"),
                "for word; do case $word in -XX:DumpLoadedClassList=*) echo x >>\"" + folder + "/tried\"; " + end
                        + " ;; esac; done; printf '%s\\n' \"$@\"");
    }

    /** A JDK whose java makes archives that hold nothing, counts them, and keeps the command line of the rehearsal. */
    private Path jdkThatMakesArchives(String name) throws IOException {
        Path jdk = jdk(name, "25");
        executable(
                jdk.resolve("bin/java"),
                "made=; dump=false; for word; do case $word in -XX:SharedArchiveFile=*) made=${word#*=} ;;"
                        + " -XX:DumpLoadedClassList=*) echo x >\"${word#*=}\"; printf '%s\\n' \"$@\" >\"" + folder
                        + "/rehearsed\"; exit ;; -Xshare:dump) dump=true ;; esac; done;"
                        + " if $dump; then echo an archive >\"$made\"; echo x >>\"" + folder
                        + "/made\"; exit; fi; printf '%s\\n' \"$@\"");
        return jdk;
    }

    private int archivesMade() throws IOException {
        return Files.readAllLines(folder.resolve("made")).size();
    }

    private Path home() throws IOException {
        return root.resolve("harness/cli/target/rankgrid").toRealPath();
    }

    private List<String> filesAtHome() throws IOException {
        try (Stream<Path> files = Files.list(home())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void onlyVerbsThatComputeNothingDoWithoutTheOptimisingCompiler() throws IOException, InterruptedException {
        built();
        Map<String, String> environment = Map.of("JAVA_HOME", jdk("jdk", "25").toString());

        for (String verb : List.of("plugins", "schema", "--help")) {
            assertThat(run(root.resolve("rankgrid"), folder, environment, verb).out())
                    .contains("-XX:TieredStopAtLevel=1");
        }
        for (String verb : List.of("run", "plan", "eval", "compress", "bench", "models")) {
            assertThat(run(root.resolve("rankgrid"), folder, environment, verb, "plugins")
                            .out())
                    .doesNotContain("TieredStopAtLevel");
        }
    }

    @Test
    void whereNothingIsBuiltItBuildsOnceAndSaysSo() throws IOException, InterruptedException {
        Map<String, String> environment = Map.of("JAVA_HOME", jdk("jdk", "25").toString());
        String home = "harness/cli/target/rankgrid";
        tool("mvn", "mkdir -p " + home + "/lib; : >" + home + "/lib/one.jar; : >" + home + "/complete; echo \"$@\"");

        Ended first = run(root.resolve("rankgrid"), tools, environment, "--version");
        Ended second = run(root.resolve("rankgrid"), tools, environment, "--version");

        assertThat(first.err()).contains("nothing is built yet, building once");
        assertThat(first.out()).contains("--version");
        assertThat(second.err()).isEmpty();
        assertThat(root.resolve("harness/cli/target/first-build.log"))
                .content()
                .contains("-pl harness/cli -am package");
    }

    @Test
    void aBuildThatFailsShowsItsEnd() throws IOException, InterruptedException {
        tool("mvn", "echo 'no such artifact'; exit 1");

        Ended ended = run(
                root.resolve("rankgrid"),
                tools,
                Map.of("JAVA_HOME", jdk("jdk", "25").toString()),
                "--version");

        assertThat(ended.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(ended.err()).contains("no such artifact", "the build failed", "first-build.log");
    }

    @Test
    void withoutMavenTheBuildSaysSo() throws IOException, InterruptedException {
        Ended ended = run(
                root.resolve("build"),
                folder,
                Map.of("JAVA_HOME", jdk("jdk", "25").toString()));

        assertThat(ended.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(ended.err().lines()).singleElement().asString().contains("Maven is not on the path: install it");
    }

    private Ended start(Map<String, String> environment) throws IOException, InterruptedException {
        return run(root.resolve("rankgrid"), folder, environment);
    }

    /** Runs a script where the path has the system's small tools and {@link #tools}, but no Java and no Maven. */
    private Ended run(Path script, Path from, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        for (String name : List.of("sh", "dirname", "readlink", "sed", "mkdir", "mv", "rm", "tail")) {
            Path tool = tools.resolve(name);
            if (!Files.exists(tool)) {
                Files.createSymbolicLink(tool, systemTool(name));
            }
        }
        List<String> command = new ArrayList<>(List.of(systemTool("sh").toString(), script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(from.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("RANKGRID_JVM_FOLDERS", "");
        builder.environment().putAll(environment);
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static Path systemTool(String name) {
        return List.of(Path.of("/bin", name), Path.of("/usr/bin", name)).stream()
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    /** A JDK whose java says where it is and prints its arguments, one a line. */
    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        executable(home.resolve("bin/java"), "echo java of " + home + "; printf '%s\\n' \"$@\"; echo \"in $(pwd -P)\"");
        executable(home.resolve("bin/javac"), "");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"A test\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private void built() throws IOException {
        Path home = root.resolve("harness/cli/target/rankgrid");
        Files.createDirectories(home.resolve("lib"));
        Files.writeString(home.resolve("lib/one.jar"), "");
        Files.writeString(home.resolve("complete"), "");
    }

    private void tool(String name, String script) throws IOException {
        executable(tools.resolve(name), script);
    }

    private static void executable(Path file, String script) throws IOException {
        Files.write(file, ("#!/bin/sh\n" + script + "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
