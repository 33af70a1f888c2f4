package org.rankgrid.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.DataSet;

/** Whatever a file holds, it is read or refused in one sentence. */
class DataSetSurvivalTest {

    private static final String ROW = "{\"id\": \"a\\u00e9\", \"n\": [1, -2.5e3, null, true], \"o\": {\"k\": \"v\"}}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"lines.jsonl", "array.json", "packed.jsonl.gz"})
    void mutatedFilesAreReadOrRefused(String name) throws IOException {
        byte[] good = whole(name);
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] bad = good.clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(3) == 0 ? random.nextInt(bad.length) : bad.length;
            survives(Files.write(folder.resolve(name), Arrays.copyOf(bad, length)));
        }
    }

    @Test
    void randomBytesAreReadOrRefused() throws IOException {
        Random random = new Random(11);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && i % 2 == 0) {
                bytes[0] = (byte) (i % 4 == 0 ? '[' : '{');
            }
            survives(Files.write(folder.resolve("random.json"), bytes));
        }
    }

    @Test
    void deepNestingIsRefusedWithoutOverflow() throws IOException {
        Path file = Files.writeString(folder.resolve("deep.json"), "[{\"a\": " + "[".repeat(100_000));
        survives(file);
    }

    private static void survives(Path file) {
        try {
            DataSet set = new RowReader(List.of()).read(List.of(file));
            assertThat(set.rows()).isNotEmpty();
        } catch (InputException refused) {
            assertThat(refused.getMessage())
                    .contains(String.valueOf(file.getFileName()))
                    .endsWith(".");
        }
    }

    private static byte[] whole(String name) throws IOException {
        String lines = (ROW + "\n").repeat(5);
        if (name.equals("array.json")) {
            lines = "[" + lines.strip().replace("\n", ",\n") + "]";
        }
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        if (!name.endsWith(".gz")) {
            return bytes;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
