package org.rankgrid.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.model.weights.SafetensorsWriter.Entry;
import org.rankgrid.spi.InputException;

class SafetensorsWeightsTest {

    @TempDir
    Path folder;

    @Test
    void aFileIsOpened() throws Exception {
        write("some.safetensors", "a", 1);
        try (SafetensorsWeights weights = SafetensorsWeights.open(folder.resolve("some.safetensors"))) {
            assertThat(weights.rows("a").readAll()).containsExactly(1, 1);
            assertThat(weights.shape("a")).containsExactly(2);
            assertThat(weights.fingerprint()).isEqualTo(sha256(Files.readAllBytes(folder.resolve("some.safetensors"))));
        }
    }

    @Test
    void aFolderWithOneModelFileIsOpened() throws Exception {
        write("model.safetensors", "a", 1);
        write("consolidated.safetensors", "a", 2);
        try (SafetensorsWeights weights = SafetensorsWeights.open(folder)) {
            assertThat(weights.rows("a").readAll()).containsExactly(1, 1);
            assertThat(weights.fingerprint())
                    .isEqualTo(sha256(Files.readAllBytes(folder.resolve("model.safetensors"))));
        }
    }

    @Test
    void shardsAreFoundByTheirIndex() throws Exception {
        write("model-2.safetensors", "b", 2);
        write("model-1.safetensors", "a", 1);
        write("consolidated.safetensors", "a", 3);
        index("{\"metadata\":{\"total_size\":16},\"weight_map\":"
                + "{\"b\":\"model-2.safetensors\",\"a\":\"model-1.safetensors\"}}");
        try (SafetensorsWeights weights = SafetensorsWeights.open(folder)) {
            assertThat(weights.names()).containsExactly("a", "b");
            assertThat(weights.rows("a").readAll()).containsExactly(1, 1);
            assertThat(weights.rows("b").readAll()).containsExactly(2, 2);
            StringBuilder listing = new StringBuilder();
            for (String name : List.of("model-1.safetensors", "model-2.safetensors", "model.safetensors.index.json")) {
                listing.append(sha256(Files.readAllBytes(folder.resolve(name)))).append("  " + name + "\n");
            }
            assertThat(weights.fingerprint())
                    .isEqualTo(sha256(listing.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void severalFilesWithoutAnIndexAreOpened() throws Exception {
        write("y.safetensors", "b", 2);
        write("x.safetensors", "a", 1);
        try (SafetensorsWeights weights = SafetensorsWeights.open(folder)) {
            assertThat(weights.names()).containsExactly("a", "b");
        }
        write("z.safetensors", "a", 1);
        assertRefused("z.safetensors: holds the tensor 'a', and so does x.safetensors");
    }

    @Test
    void aMissingShardIsNamed() throws IOException {
        write("model-1.safetensors", "a", 1);
        index("{\"weight_map\":{\"a\":\"model-1.safetensors\",\"b\":\"model-2.safetensors\"}}");
        assertRefused("index.json names the file 'model-2.safetensors', which is not in the folder");
    }

    @Test
    void anIndexThatIsWrongAboutATensorIsRefused() throws IOException {
        write("model-1.safetensors", "a", 1);
        index("{\"weight_map\":{\"b\":\"model-1.safetensors\"}}");
        assertRefused("'model-1.safetensors' holds the tensor 'b', but it does not");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x.safetensors",
                "/etc/x.safetensors",
                "..",
                "x.bin",
                "a\\\\x.safetensors",
                "\\u0000.safetensors"
            })
    void anIndexCannotLeadOutOfItsFolder(String shard) throws IOException {
        index("{\"weight_map\":{\"a\":\"" + shard + "\"}}");
        assertRefused("key 'weight_map', tensor 'a'", "in the same folder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "{}", "{\"weight_map\":[]}", "{\"weight_map\":{}}", "{\"weight_map\":{\"a\":1}}"})
    void anIndexThatIsNoneIsRefused(String content) throws IOException {
        index(content);
        assertRefused("model.safetensors.index.json");
    }

    @Test
    void aFolderWithoutWeightsIsRefused() throws IOException {
        Files.createFile(folder.resolve("pytorch_model.bin"));
        assertRefused("holds no .safetensors file");
    }

    @Test
    void aMissingTensorIsRefusedWithTheNearestName() throws IOException {
        write("model.safetensors", "lm_head.weight", 1);
        try (SafetensorsWeights weights = SafetensorsWeights.open(folder)) {
            assertThatThrownBy(() -> weights.rows("lm_head.wieght"))
                    .isInstanceOf(InputException.class)
                    .hasMessage(folder + ": has no tensor 'lm_head.wieght' (did you mean 'lm_head.weight'?).");
        }
    }

    private void write(String file, String tensor, float value) {
        try (SafetensorsWriter writer =
                SafetensorsWriter.create(folder.resolve(file), Map.of(), List.of(Entry.f32(tensor, 2)))) {
            writer.write(tensor, new float[] {value, value});
            writer.commit();
        }
    }

    private void index(String content) throws IOException {
        Files.writeString(folder.resolve("model.safetensors.index.json"), content);
    }

    private void assertRefused(String... says) {
        assertThatThrownBy(() -> SafetensorsWeights.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(folder.toString())
                .hasMessageContainingAll(says)
                .hasMessageEndingWith(".");
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
