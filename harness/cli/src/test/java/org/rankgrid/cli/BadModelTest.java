package org.rankgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that are damaged, incomplete or lie about their size: a sentence and exit code 2. */
class BadModelTest {

    private static final String Q = "model.layers.0.self_attn.q_proj.weight";

    @TempDir
    private static Path cache;

    @TempDir
    private Path folder;

    private Cli cli;
    private Path model;

    /** A copy of the bundled model. */
    @BeforeEach
    void copyTheModel() throws IOException {
        cli = new Cli(folder, cache);
        cli.run("eval", "stories260k", "--task", "tinystories", "--limit", "1").succeeds();
        model = Files.createDirectory(folder.resolve("copy"));
        try (Stream<Path> files = Files.list(cache.resolve("models/stories260k"))) {
            for (Path file : files.toList()) {
                Files.copy(file, model.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void anIntactCopyIsScored() {
        eval().succeeds();
    }

    @Test
    void aPulledModelWithOtherBytesIsDamaged() throws IOException {
        Path pulled = cache.resolve("models/smollm2-135m/SmolLM2-135M-Instruct.Q4_1.gguf");
        Files.createDirectories(pulled.getParent());
        try (RandomAccessFile zeros = new RandomAccessFile(pulled.toFile(), "rw")) {
            zeros.setLength(98_362_432);
        }
        cli.run("eval", "smollm2-135m", "--task", "wikitext2", "--limit", "1")
                .isRefusedWith("is damaged", "models pull smollm2-135m");
        Files.delete(pulled);
    }

    @Test
    void aFileThatIsMissingIsNamed() throws IOException {
        Files.delete(model.resolve("tokenizer.json"));
        eval().isRefusedWith("tokenizer");
        Files.delete(weights());
        eval().isRefusedWith("holds no .safetensors file");
        Files.delete(model.resolve("config.json"));
        eval().isRefusedWith("config.json");
        eval(folder.resolve("nowhere")).isRefusedWith("There is no model");
    }

    @ParameterizedTest
    @CsvSource({"0", "5", "100", "500000", "1044991"})
    void weightsThatAreCutOffAreRefused(int length) throws IOException {
        Files.write(weights(), Arrays.copyOf(Files.readAllBytes(weights()), length));

        eval().isRefusedWith("model.safetensors");
        cli.runGrid(cli.gridWith("[stories260k]", "[copy]")).isRefusedWith("model.safetensors");
    }

    @Test
    void aFlippedBitIsRefusedOrScoredButNeverAStackTrace() throws IOException {
        byte[] intact = Files.readAllBytes(weights());
        int header = ByteBuffer.wrap(intact).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        Random random = new Random(1);
        for (int i = 0; i < 40; i++) {
            byte[] bytes = intact.clone();
            bytes[random.nextInt(8 + header)] ^= (byte) (1 << random.nextInt(8));
            Files.write(weights(), bytes);
            Cli.Ended ended = eval();
            assertThat(ended.code()).isIn(ExitCode.OK, ExitCode.BAD_INPUT);
            assertThat(ended.err()).doesNotContain("\tat ", "Exception");
        }
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity"})
    void weightsThatOverflowAreRefusedAndFailTheirCells(float value) throws IOException {
        byte[] bytes = Files.readAllBytes(weights());
        ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        data.putFloat(bytes.length - 4 * 10_000, value);
        Files.write(weights(), bytes);

        Cli.Ended eval = eval();
        assertThat(eval.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(eval.err()).contains("model ", "not finite").doesNotContain("\tat ", "Exception");
        Cli.Ended run = cli.runGrid(cli.gridWith("[stories260k]", "[copy]"));
        assertThat(run.code()).isEqualTo(ExitCode.CELLS_FAILED);
        assertThat(run.err()).contains("3 failed").doesNotContain("\tat ", "Exception");
    }

    @Test
    void aTensorThatIsMissingIsNamed() throws IOException {
        replaceInHeader("\"" + Q + "\"", "\"" + Q.replace("q_proj", "x_proj") + "\"");
        eval().isRefusedWith(Q);
    }

    @Test
    void aTensorOfTheWrongShapeIsNamed() throws IOException {
        setConfig("\"intermediate_size\": 172", "\"intermediate_size\": 173");
        eval().isRefusedWith("mlp.", "172", "173");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "hidden_size": 64          | "hidden_size": 2147483647
            "hidden_size": 64          | "hidden_size": 1048576
            "hidden_size": 64          | "hidden_size": "x"
            "num_hidden_layers": 5     | "num_hidden_layers": 4096
            "num_hidden_layers": 5     | "num_hidden_layers": -1
            "num_attention_heads": 8   | "num_attention_heads": 0
            "vocab_size": 512          | "vocab_size": 1099511627776
            "vocab_size": 512          | "vocab_size": 16777216
            "intermediate_size": 172   | "intermediate_size": 1e99
            "model_type": "llama"      | "model_type": "lama"
            "hidden_size": 64          | "hidden_size"
            """)
    void aConfigurationThatCannotBeIsRefused(String part, String replacement) throws IOException {
        setConfig(part, replacement);

        eval().isRefusedWith("copy");
    }

    @Test
    void absurdSizesAreNotAllocated() throws IOException {
        byte[] bytes = Files.readAllBytes(weights());
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1L << 62);
        Files.write(weights(), bytes);
        eval().isRefusedWith("claims a header of");

        Path gguf = folder.resolve("absurd.gguf");
        Files.write(
                gguf,
                ByteBuffer.allocate(24)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put("GGUF".getBytes(StandardCharsets.US_ASCII))
                        .putInt(3)
                        .putLong(1L << 60)
                        .putLong(1L << 60)
                        .array());
        eval(gguf).isRefusedWith("absurd.gguf");
    }

    @Test
    void garbageUnderAnyNameIsRefused() throws IOException {
        Random random = new Random(2);
        byte[] garbage = new byte[5000];
        random.nextBytes(garbage);
        Path gguf = folder.resolve("garbage.gguf");
        Files.write(gguf, garbage);
        eval(gguf).isRefusedWith("garbage.gguf");
        for (String name : new String[] {"tokenizer.json", "config.json"}) {
            Files.write(model.resolve(name), garbage);
            eval().isRefusedWith(name);
        }
    }

    private Cli.Ended eval() {
        return eval(model);
    }

    private Cli.Ended eval(Path which) {
        return cli.run("eval", which.toString(), "--task", "tinystories:window=16", "--limit", "1");
    }

    private Path weights() {
        return model.resolve("model.safetensors");
    }

    private void setConfig(String part, String replacement) throws IOException {
        Path config = model.resolve("config.json");
        String text = Files.readString(config);
        assertThat(text).contains(part);
        Files.writeString(config, text.replace(part, replacement));
    }

    /** Replaces a text in the header by one as long. */
    private void replaceInHeader(String part, String replacement) throws IOException {
        String bytes = Files.readString(weights(), StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains(part);
        assertThat(replacement).hasSameSizeAs(part);
        Files.writeString(weights(), bytes.replace(part, replacement), StandardCharsets.ISO_8859_1);
    }
}
