package org.rankgrid.results.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.spi.InputException;

class AtomicFileTest {

    @TempDir
    private Path folder;

    @Test
    void replacesTheContentAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("a/b/result.json");

        AtomicFile.write(file, bytes("old, and longer"));
        AtomicFile.write(file, bytes("new"));

        assertThat(file).hasContent("new");
        try (var files = Files.list(folder.resolve("a/b"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void whatAKilledWriterLeftIsNoObstacle() throws IOException {
        Path file = folder.resolve("result.json");
        AtomicFile.write(file, bytes("old"));
        Files.writeString(folder.resolve(".result.json.tmp"), "half of something mu");
        assertThat(file).hasContent("old");

        AtomicFile.write(file, bytes("new"));

        assertThat(file).hasContent("new");
        assertThat(folder.resolve(".result.json.tmp")).doesNotExist();
    }

    @Test
    void aFullDiskIsASentenceAndKeepsTheOldContent() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "this system has no /dev/full");
        Path file = folder.resolve("result.json");
        AtomicFile.write(file, bytes("old"));
        Files.createSymbolicLink(folder.resolve(".result.json.tmp"), full);

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> AtomicFile.write(file, bytes("new")))
                .withMessage(file + " could not be written: the disk is full; free some space and run again,"
                        + " finished cells are kept");
        assertThat(file).hasContent("old");
    }

    @Test
    void aMoveThatFailsIsASentenceAndLeavesNothing() throws IOException {
        Path file = folder.resolve("result.json");
        Files.createDirectories(file.resolve("a folder where the file should be"));

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> AtomicFile.write(file, bytes("new")))
                .withMessageStartingWith(file + " could not be written: ");
        assertThat(folder.resolve(".result.json.tmp")).doesNotExist();
    }

    @Test
    void aFileWhereAFolderShouldBeIsNamed() throws IOException {
        Files.writeString(folder.resolve("run"), "a file");

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> AtomicFile.write(folder.resolve("run/grid.yaml"), bytes("new")))
                .withMessage(folder.resolve("run/grid.yaml") + " could not be written: " + folder.resolve("run")
                        + " is a file, but a folder was expected; choose another");
    }

    @Test
    void everyKindOfRefusalSaysWhatToDo() {
        Path file = Path.of("run", "result.json");

        assertThat(FileProblem.writing(file, new AccessDeniedException("run")))
                .hasMessage(file + " could not be written: permission denied; change the permissions of the folder or"
                        + " choose another");
        assertThat(FileProblem.writing(file, new FileSystemException("run", null, "Read-only file system")))
                .hasMessage(file + " could not be written: the file system is read-only; choose another folder");
        assertThat(FileProblem.writing(file, new IOException("Disk quota exceeded")))
                .hasMessageContaining("your disk quota is used up");
        assertThat(FileProblem.reading(file, new IOException())).hasMessage(file + " could not be read: IOException");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
