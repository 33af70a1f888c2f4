package org.rankgrid.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.model.weights.SafetensorsWriter.Entry;
import org.rankgrid.spi.InputException;

class SafetensorsWriterTest {

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path target = folder.resolve("some.safetensors");
        double[] doubles = new Random(1).doubles(1000).toArray();
        float[] floats = new float[300_000]; // more than the buffer holds
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) Math.sin(i);
        }
        List<Entry> entries = List.of(
                Entry.f64("spectrum", 1000), Entry.f32("empty", 0, 7), Entry.f32("left", 600, 500), Entry.f32("x"));
        try (SafetensorsWriter writer = SafetensorsWriter.create(target, Map.of("layer \"q\"", "ä\n"), entries)) {
            writer.write("spectrum", doubles);
            writer.write("left", floats, 0, 123);
            writer.write("left", floats, 123, floats.length - 123);
            writer.write("x", new float[] {Float.NaN});
            assertThat(target).doesNotExist();
            writer.commit();
        }
        try (SafetensorsFile file = SafetensorsFile.open(target)) {
            assertThat(file.metadata()).isEqualTo(Map.of("layer \"q\"", "ä\n"));
            assertThat(file.doubles("spectrum")).isEqualTo(doubles);
            assertThat(file.floats("left")).isEqualTo(floats);
            assertThat(file.shape("left")).containsExactly(600, 500);
            assertThat(file.shape("empty")).containsExactly(0, 7);
            assertThat(file.floats("x")).containsExactly(Float.NaN);
            float[] prefix = file.prefix("left", 600, 3).readAll();
            assertThat(prefix[599 * 3 + 2]).isEqualTo(floats[599 * 500 + 2]);
        }
        assertOnly(target);
    }

    @Test
    void theBytesAreThoseOfTheFormat() throws IOException {
        Path target = folder.resolve("one.safetensors");
        write(target, 1.5f);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(target)).order(ByteOrder.LITTLE_ENDIAN);
        String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        int length = (header.length() + 7) / 8 * 8;
        assertThat(bytes.getLong()).isEqualTo(length);
        byte[] json = new byte[length];
        bytes.get(json);
        assertThat(new String(json, StandardCharsets.UTF_8)).isEqualTo(header + " ".repeat(length - header.length()));
        assertThat(bytes.getFloat()).isEqualTo(1.5f);
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void anOldFileIsReplacedOnlyByACompleteOne() throws IOException {
        Path target = folder.resolve("replaced.safetensors");
        write(target, 1);
        try (SafetensorsWriter writer =
                SafetensorsWriter.create(target, Map.of(), List.of(Entry.f32("a", 1), Entry.f32("b", 1)))) {
            writer.write("a", new float[] {2});
        }
        assertThat(read(target)).isEqualTo(1);
        assertOnly(target);
        write(target, 3);
        assertThat(read(target)).isEqualTo(3);
        assertOnly(target);
    }

    @Test
    void valuesMustComeAsDeclared() {
        List<Entry> entries = List.of(Entry.f32("a", 2), Entry.f64("b", 1));
        try (SafetensorsWriter writer = SafetensorsWriter.create(folder.resolve("x"), Map.of(), entries)) {
            assertThatThrownBy(() -> writer.write("b", new double[1]))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("1 F64 values of tensor 'b' were given, expected up to 2 F32 values of 'a'");
            assertThatThrownBy(() -> writer.write("a", new float[3])).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> writer.write("a", new double[2])).isInstanceOf(IllegalStateException.class);
            writer.write("a", new float[2]);
            assertThatThrownBy(writer::commit)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("tensor 'b' is not complete");
            writer.write("b", new double[1]);
            assertThatThrownBy(() -> writer.write("b", new double[1])).isInstanceOf(IllegalStateException.class);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void namesMustBeUniqueAndAllowed() {
        assertThatThrownBy(() -> SafetensorsWriter.create(
                        folder.resolve("x"), Map.of(), List.of(Entry.f32("a", 1), Entry.f32("a", 1))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Entry.f32("__metadata__", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Entry.f32("a", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        Path target = folder.resolve("no").resolve("such.safetensors");
        assertThatThrownBy(() -> SafetensorsWriter.create(target, Map.of(), List.of()))
                .isInstanceOf(InputException.class)
                .hasMessage(target + " cannot be written (no such file or folder); free some space or choose another"
                        + " place.");
        Path occupied = Files.createDirectory(folder.resolve("occupied"));
        Files.createFile(occupied.resolve("file"));
        assertThatThrownBy(() -> write(occupied, 1))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(occupied + " cannot be written (");
        assertOnly(occupied);
    }

    private void write(Path target, float value) {
        try (SafetensorsWriter writer = SafetensorsWriter.create(target, Map.of(), List.of(Entry.f32("a", 1)))) {
            writer.write("a", new float[] {value});
            writer.commit();
        }
    }

    private static float read(Path target) {
        try (SafetensorsFile file = SafetensorsFile.open(target)) {
            return file.floats("a")[0];
        }
    }

    private void assertOnly(Path target) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(target);
        }
    }
}
