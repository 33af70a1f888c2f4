package org.rankgrid.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.spi.InputException;

class FingerprintsTest {

    /** FIPS 180-2, appendix B.1. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    /** Of no bytes. */
    private static final String NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final FileTime OLD = FileTime.from(Instant.parse("2024-01-01T00:00:00.123456789Z"));

    @TempDir
    Path folder;

    private Path file;
    private Path memory;
    private Fingerprints fingerprints;

    @BeforeEach
    void write() throws IOException {
        file = old("abc");
        fingerprints = Fingerprints.rememberedIn(folder.resolve("made").resolve("cache"));
        memory = folder.resolve("made/cache/fingerprints.tsv");
    }

    @Test
    void hashesAreThoseOfTheStandard() throws IOException {
        assertThat(Fingerprints.unremembered().of(file)).isEqualTo(ABC);
        assertThat(Fingerprints.unremembered().of(Files.createFile(folder.resolve("empty"))))
                .isEqualTo(NOTHING);
        assertThat(Fingerprints.of("abc")).isEqualTo(ABC);
    }

    @Test
    void aHashIsRememberedAndBelieved() throws IOException {
        assertThat(fingerprints.of(file)).isEqualTo(ABC);
        assertThat(Files.readAllLines(memory))
                .singleElement()
                .asString()
                .startsWith(ABC)
                .endsWith(file.toString());
        String planted = "0".repeat(64);
        Files.writeString(memory, Files.readString(memory).replace(ABC, planted));
        assertThat(fingerprints.of(file)).isEqualTo(planted);
        assertThat(Fingerprints.unremembered().of(file)).isEqualTo(ABC);
    }

    @Test
    void aChangedFileIsHashedAgain() throws IOException {
        assertThat(fingerprints.of(file)).isEqualTo(ABC);
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, OLD);
        assertThat(fingerprints.of(file)).as("another size").isEqualTo(NOTHING);
        Files.writeString(file, "xyz");
        Files.setLastModifiedTime(file, FileTime.from(OLD.toInstant().plusNanos(1000)));
        assertThat(fingerprints.of(file)).as("another time").isNotEqualTo(ABC);
    }

    @Test
    void anotherFileUnderTheSameNameIsHashedAgain() throws IOException {
        assertThat(fingerprints.of(file)).isEqualTo(ABC);
        Path other = folder.resolve("other");
        Files.writeString(other, "xyz");
        Files.setLastModifiedTime(other, OLD);
        Files.move(file, folder.resolve("away"));
        Files.move(other, file);
        assertThat(fingerprints.of(file)).isNotEqualTo(ABC);
    }

    @Test
    void aFileThatMayStillBeChangingIsNotRemembered() throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        assertThat(fingerprints.of(file)).isEqualTo(ABC);
        assertThat(memory).doesNotExist();
    }

    @Test
    void aDamagedMemoryOnlyCostsTime() throws IOException {
        fingerprints.of(file);
        byte[] line = Files.readAllBytes(memory);
        byte[] noise = {(byte) 0xFF, 0, '\n', 'x', '\t'};
        Files.write(memory, noise);
        assertThat(fingerprints.of(file)).isEqualTo(ABC);
        assertThat(Files.size(memory)).isGreaterThan(noise.length);
        Files.writeString(
                memory, new String(line, java.nio.charset.StandardCharsets.UTF_8).replace(ABC, "z".repeat(64)));
        assertThat(fingerprints.of(file)).isEqualTo(ABC);
    }

    @Test
    void aMemoryThatHasGrownIsCutToTheFilesRememberedLast() throws IOException {
        StringBuilder grown = new StringBuilder();
        for (int entry = 0; grown.length() <= 1 << 18; entry++) {
            grown.append("0".repeat(64) + "\t1\t2\t3\t/some/model-" + entry / 2 + "\n");
        }
        Files.createDirectories(memory.getParent());
        Files.writeString(memory, grown);
        assertThat(fingerprints.of(file)).isEqualTo(ABC);

        List<String> lines = Files.readAllLines(memory);
        assertThat(lines).hasSize(500).doesNotHaveDuplicates();
        assertThat(lines.getLast()).startsWith(ABC).endsWith(file.toString());
        try (var left = Files.list(memory.getParent())) {
            assertThat(left.map(Path::getFileName))
                    .doesNotHaveDuplicates()
                    .allMatch(name -> !name.toString().endsWith(".part"));
        }
    }

    @Test
    void aFolderThatCannotBeWrittenOnlyCostsTime() {
        assertThat(Fingerprints.rememberedIn(file.resolve("below-a-file")).of(file))
                .isEqualTo(ABC);
    }

    @Test
    void aMissingFileIsRefused() {
        assertThatThrownBy(() -> fingerprints.of(folder.resolve("none")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void severalFilesAreToldApart() throws IOException {
        Path other = folder.resolve("second");
        Files.writeString(other, "xyz");
        Files.setLastModifiedTime(other, OLD);
        List<String> first = List.of(fingerprints.of(file), fingerprints.of(other));
        assertThat(List.of(fingerprints.of(file), fingerprints.of(other))).isEqualTo(first);
        assertThat(Files.readAllLines(memory)).hasSize(2);
    }

    private Path old(String content) throws IOException {
        Path path = Files.writeString(folder.resolve("file"), content);
        return Files.setLastModifiedTime(path, OLD);
    }
}
