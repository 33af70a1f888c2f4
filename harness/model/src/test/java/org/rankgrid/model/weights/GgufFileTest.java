package org.rankgrid.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.compute.RowSource;

/** On a file that the reference implementation wrote: see make_fixtures.py. */
class GgufFileTest {

    @TempDir
    Path folder;

    private GgufFile file;

    @BeforeEach
    void open() throws IOException {
        file = GgufFile.open(copyTo(folder.resolve("reference-llama.gguf")));
    }

    @AfterEach
    void close() {
        file.close();
    }

    static Path copyTo(Path path) throws IOException {
        try (InputStream in = Objects.requireNonNull(GgufFileTest.class.getResourceAsStream("reference-llama.gguf"))) {
            Files.copy(in, path);
        }
        return path;
    }

    @Test
    void metadataOfEveryTypeIsRead() {
        assertThat(file.metadata())
                .containsEntry("general.architecture", "llama")
                .containsEntry("llama.attention.head_count", 4L)
                .containsEntry("llama.rope.freq_base", 10000.0)
                .containsEntry("tokenizer.ggml.add_bos_token", false)
                .containsEntry("tokenizer.ggml.tokens", List.of("<s>", "a", "Ġb", "é"))
                .containsEntry("tokenizer.ggml.scores", new double[] {0, -1, -2.5, -3})
                .containsEntry("tokenizer.ggml.token_type", new long[] {3, 1, 1, 1})
                .containsEntry("test.u8", 250L)
                .containsEntry("test.i8", -5L)
                .containsEntry("test.u16", 65000L)
                .containsEntry("test.i16", -300L)
                .containsEntry("test.i32", -70000L)
                .containsEntry("test.u64", 1L << 40)
                .containsEntry("test.i64", -(1L << 40))
                .containsEntry("test.f64", 0.1)
                .containsEntry("test.bools", List.of(true, false));
        assertThat(file.metadata().firstEntry().getKey()).isEqualTo("general.architecture");
    }

    @Test
    void tensorsComeInTheOrderOfTheFileWithRowsFirst() {
        assertThat(file.tensors().sequencedKeySet())
                .startsWith("token_embd.weight", "blk.0.attn_norm.weight", "blk.0.attn_q.weight")
                .hasSize(15);
        GgufTensor down = file.tensor("blk.0.ffn_down.weight");
        assertThat(down.shape()).containsExactly(32, 8);
        assertThat(down.type()).isEqualTo("F32");
        assertThat(file.tensor("token_embd.weight").type()).isEqualTo("Q8_0");
        assertThat(file.tensor("blk.0.attn_k.weight").type()).isEqualTo("F16");
    }

    @Test
    void rowsAreReadFromWithinTheTensor() {
        RowSource down = file.rows("blk.0.ffn_down.weight");
        float[] values = new float[3 * 8];
        down.read(29, 3, values, 0);
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isEqualTo(1000f * (29 + i / 8) + i % 8);
        }
        assertThat(file.rows("output_norm.weight").rows()).isEqualTo(1);
        assertThat(file.rows("output_norm.weight").readAll()).hasSize(32).containsOnly(3);
    }

    @Test
    void quantisedRowsAreRead() {
        float[] row = new float[32];
        file.rows("token_embd.weight").read(3, 1, row, 0);
        for (int i = 0; i < 32; i++) {
            assertThat(row[i]).isCloseTo((i - 16) * 127f / 16, org.assertj.core.data.Offset.offset(0.6f));
        }
        assertThat(row[0]).isEqualTo(-127);
    }

    @Test
    void aMissingTensorIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> file.rows("output.weigth"))
                .isInstanceOf(InputException.class)
                .hasMessage(folder.resolve("reference-llama.gguf")
                        + ": has no tensor 'output.weigth' (did you mean 'output.weight'?).");
    }

    @Test
    void theMetadataCannotBeChanged() {
        assertThatThrownBy(() -> file.metadata().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(
                        () -> ((List<?>) Objects.requireNonNull(file.metadata().get("tokenizer.ggml.tokens"))).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
