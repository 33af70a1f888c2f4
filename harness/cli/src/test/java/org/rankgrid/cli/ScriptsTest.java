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
    void theArchiveOfClassesIsMadeOnceAfterABuildAndOnlyWhereItCanBe() throws IOException, InterruptedException {
        built();
        Path home = root.resolve("harness/cli/target/rankgrid").toRealPath();
        Path archive = home.resolve("rankgrid.jsa");
        Path jdk = jdk("jdk", "25");
        executable(
                jdk.resolve("bin/java"),
                "for word; do case $word in -XX:ArchiveClassesAtExit=*) echo x >\"${word#*=}\"; echo >>\"" + folder
                        + "/made\" ;; esac; done; printf '%s\\n' \"$@\"");
        Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString());

        assertThat(start(environment).out()).contains("-XX:SharedArchiveFile=" + archive);
        assertThat(start(environment).out()).contains("-XX:SharedArchiveFile=" + archive);
        assertThat(folder.resolve("made")).hasSize(1);
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("lib", "complete", "rankgrid.jsa");
        }

        Files.setLastModifiedTime(archive, FileTime.fromMillis(0));
        start(environment);
        assertThat(folder.resolve("made")).hasSize(2);

        Files.delete(archive);
        executable(jdk.resolve("bin/java"), "printf '%s\\n' \"$@\"");
        Ended without = start(environment);
        assertThat(without.out()).contains("org.rankgrid.cli.Main").doesNotContain("SharedArchiveFile");
        assertThat(without.err()).isEmpty();
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
