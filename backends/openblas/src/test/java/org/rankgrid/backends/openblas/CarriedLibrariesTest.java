package org.rankgrid.backends.openblas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarriedLibrariesTest {

    @Test
    void unpacksOnceAndRepairsWhatIsDamaged(@TempDir Path cache) throws Exception {
        List<Path> files = CarriedLibraries.unpack(cache);
        assertThat(files).hasSize(4).allSatisfy(file -> assertThat(file).isRegularFile());
        assertThat(files.getLast().toString()).matches(".*/native/openblas-\\d[^/]*/libopenblas.so.0");
        byte[] original = Files.readAllBytes(files.getFirst());

        FileTime old = FileTime.fromMillis(1_000_000);
        for (Path file : files) {
            Files.setLastModifiedTime(file, old);
        }
        byte[] damaged = original.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(files.getFirst(), damaged);
        Files.write(files.get(1), new byte[] {1, 2, 3});

        assertThat(CarriedLibraries.unpack(cache)).isEqualTo(files);
        assertThat(files.getFirst()).hasBinaryContent(original);
        assertThat(Files.size(files.get(1))).isGreaterThan(3);
        assertThat(Files.getLastModifiedTime(files.getLast())).isEqualTo(old);
        try (Stream<Path> left = Files.list(files.getFirst().getParent())) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "libquadmath.so.0", "libgcc_s.so.1", "libgfortran.so.5", "libopenblas.so.0", "checked.tsv");
        }
    }

    @Test
    void readsACopyAgainOnlyWhenItChanged(@TempDir Path cache) throws Exception {
        Path file = CarriedLibraries.unpack(cache).getFirst();
        byte[] original = Files.readAllBytes(file);
        FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, old);
        CarriedLibraries.unpack(cache);

        // Changed behind the file system's back: nobody looks, and nobody could without reading it.
        byte[] other = original.clone();
        other[other.length / 2] ^= 1;
        Files.write(file, other);
        Files.setLastModifiedTime(file, old);
        CarriedLibraries.unpack(cache);
        assertThat(file).hasBinaryContent(other);

        Files.setLastModifiedTime(file, FileTime.fromMillis(2_000_000));
        CarriedLibraries.unpack(cache);
        assertThat(file).as("another time").hasBinaryContent(original);
    }

    @Test
    void aCopyThatHasJustBeenWrittenIsReadAgainTheNextTime(@TempDir Path cache) throws Exception {
        Path file = CarriedLibraries.unpack(cache).getFirst();

        assertThat(file.resolveSibling("checked.tsv")).doesNotExist();
    }

    @Test
    void aDamagedMemoryOnlyCostsTime(@TempDir Path cache) throws Exception {
        Path file = CarriedLibraries.unpack(cache).getFirst();
        Files.write(file.resolveSibling("checked.tsv"), new byte[] {(byte) 0xFF, 0, 10});
        byte[] original = Files.readAllBytes(file);
        Files.write(file, new byte[] {1});

        assertThat(CarriedLibraries.unpack(cache).getFirst()).hasBinaryContent(original);
        Path memory = Files.createDirectory(file.resolveSibling("folder"));
        Files.delete(file.resolveSibling("checked.tsv"));
        Files.move(memory, file.resolveSibling("checked.tsv"));
        assertThat(CarriedLibraries.unpack(cache)).hasSize(4);
    }

    @Test
    void saysWhatToDoWhereItCannotWrite(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        assertThatExceptionOfType(LibraryException.class)
                .isThrownBy(() -> CarriedLibraries.unpack(file))
                .withMessageContaining(file.toString())
                .withMessageContaining("RANKGRID_CACHE");
    }
}
