package org.rankgrid.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.rankgrid.spi.compute.RowSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real SmolLM2-135M-Instruct.Q4_1.gguf, where -Drankgrid.smollm2 says that it is. */
@EnabledIf("isThere")
class SmolLm2Test {

    private static Path path() {
        return Path.of(System.getProperty("rankgrid.smollm2", ""));
    }

    static boolean isThere() {
        boolean there = Files.isRegularFile(path());
        if (!there) {
            System.out.println("SmolLm2Test is skipped: -Drankgrid.smollm2 names no SmolLM2-135M-Instruct.Q4_1.gguf");
        }
        return there;
    }

    @Test
    void dequantisedTensorsAreThoseOfTheReferenceImplementation() throws Exception {
        JsonNode golden;
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("smollm2-tensors.json"))) {
            golden = JsonMapper.shared().readTree(in);
        }
        try (GgufWeights weights = GgufWeights.open(path());
                GgufFile stored = GgufFile.open(path())) {
            assertThat(weights.fingerprint())
                    .isEqualTo(golden.path("file_sha256").stringValue());
            assertThat(weights.names()).hasSize(272).allMatch(name -> name.startsWith("model."));
            for (JsonNode tensor : golden.path("tensors")) {
                String name = tensor.path("name").stringValue();
                assertThat(weights.shape(name))
                        .isEqualTo(JsonMapper.shared().convertValue(tensor.path("shape"), int[].class));
                assertThat(sha256(weights.rows(name)))
                        .as(name)
                        .isEqualTo(tensor.path("sha256").stringValue());
                String inFileOrder = tensor.path("gguf_order").stringValue("");
                if (!inFileOrder.isEmpty()) {
                    assertThat(sha256(stored.rows(tensor.path("gguf_name").stringValue())))
                            .as(name)
                            .isEqualTo(inFileOrder);
                }
            }
        }
    }

    /** Of the bytes of all values, read a few rows at a time. */
    private static String sha256(RowSource rows) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        int batch = 7;
        float[] values = new float[batch * rows.columns()];
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < rows.rows(); row += batch) {
            int count = Math.min(batch, rows.rows() - row);
            rows.read(row, count, values, 0);
            bytes.asFloatBuffer().put(values);
            digest.update(bytes.array(), 0, count * rows.columns() * 4);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
