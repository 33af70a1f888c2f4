package org.rankgrid.data.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.spi.InputException;

class JsonLinesTest {

    @TempDir
    private Path folder;

    @Test
    void objectsComeInOrderWithTheirLineNumbersAndBlankLinesAreSkipped() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.jsonl"),
                "\ufeff{\"text\": \"one\"}\n\n  \n{\"text\": \"tw\\u00f6\\n\", \"n\": 2}\r\n{\"text\":\"\"}");
        List<String> seen = new ArrayList<>();
        JsonLines.read(file, line -> seen.add(line.number() + ":" + line.text("text")));
        assertThat(seen).containsExactly("1:one", "4:tw\u00f6\n", "5:");
    }

    @Test
    void gzipIsUndone() throws IOException {
        Path file = folder.resolve("a.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("{\"a\": [1, 2]}\n{\"a\": [3]}\n".getBytes(StandardCharsets.UTF_8));
        }
        List<Integer> sizes = new ArrayList<>();
        JsonLines.read(file, line -> sizes.add(line.field("a").size()));
        assertThat(sizes).containsExactly(2, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1",
                "{\"a\": 1} {\"a\": 2}",
                "[1]",
                "3",
                "\"text\"",
                "nonsense",
                "{\"a\": 1, \"a\": 2}",
                "null"
            })
    void aLineThatIsNotOneObjectIsRefusedWithFileAndLine(String bad) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.jsonl"), "{\"a\": 1}\n" + bad + "\n");
        assertThatThrownBy(() -> JsonLines.read(file, line -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("bad.jsonl line 2:")
                .hasMessageEndingWith(".");
    }

    @Test
    void deepNestingIsRefusedWithoutOverflow() throws IOException {
        Path file = Files.writeString(folder.resolve("deep.jsonl"), "{\"a\":" + "[".repeat(100_000));
        assertThatThrownBy(() -> JsonLines.read(file, line -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("deep.jsonl line 1:");
    }

    @Test
    void aMissingFieldIsNamedWithTheNearestOne() throws IOException {
        Path file = Files.writeString(folder.resolve("a.jsonl"), "{\"texts\": \"x\", \"url\": 3}\n");
        assertThatThrownBy(() -> JsonLines.read(file, line -> line.text("text")))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith(
                        "a.jsonl line 1: there is no field 'text' (did you mean 'texts'?), the line has texts, url.");
        assertThatThrownBy(() -> JsonLines.read(file, line -> line.text("url")))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("a.jsonl line 1: the field 'url' should be a string, not number.");
    }
}
