package org.rankgrid.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.spi.InputException;

class TextSourceTest {

    @TempDir
    private Path folder;

    @Test
    void aTextComesBackToTheByteWithItsLineEnds() throws IOException {
        String text = "one\r\ntwo\n\n\u00e9\ud83d\ude00\u0000 end";
        assertThat(TextSource.file(write("a.txt", utf8(text))).readAll()).isEqualTo(text);
        assertThat(TextSource.file(write("b.txt", gzip(utf8(text)))).readAll()).isEqualTo(text);
        assertThat(TextSource.file(write("empty.txt", new byte[0])).readAll()).isEmpty();
    }

    @Test
    void linesAreNumberedFromOneAndLoseTheirEnds() throws IOException {
        List<String> lines = new ArrayList<>();
        TextSource.file(write("a.txt", utf8("one\r\n\ntwo\nlast")))
                .forEachLine(10, (line, number) -> lines.add(number + ":" + line));
        assertThat(lines).containsExactly("1:one", "2:", "3:two", "4:last");
    }

    @Test
    void bytesAreReadUpToABoundWhateverTheyUnpackTo() throws IOException {
        TextSource packed = TextSource.file(write("a.gz", gzip(utf8("12345"))));
        assertThat(packed.readBytes(5)).isEqualTo(utf8("12345"));
        assertThatThrownBy(() -> packed.readBytes(4))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith(
                        "a.gz is longer than the 4 bytes that a text may have, split it into smaller files.");
        // What is in memory is not unpacked again.
        byte[] gzip = gzip(utf8("12345"));
        assertThat(TextSource.bytes("memory", gzip).readBytes(1000)).isEqualTo(gzip);
    }

    @Test
    void malformedBytesAreRefusedWithTheirLine() throws IOException {
        Path file = write("latin.txt", "one\ntwo \u00e9 x\n".getBytes(StandardCharsets.ISO_8859_1));
        TextSource source = TextSource.file(file);
        assertThatThrownBy(source::readAll)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("latin.txt line 2: the byte 0xe9 is not UTF-8");
        assertThatThrownBy(() -> source.forEachLine(100, (line, number) -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("latin.txt line 2: the byte 0xe9");
    }

    @Test
    void aTextThatEndsInsideACharacterIsRefused() throws IOException {
        Path file = write("cut.txt", Arrays.copyOf(utf8("a\u00e9"), 2));
        assertThatThrownBy(TextSource.file(file)::readAll)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 1: the byte 0xc3");
    }

    @Test
    void aGzipFileCutAnywhereIsRefusedInOneSentence() throws IOException {
        byte[] whole = gzip(utf8("some text, ".repeat(1000)));
        for (int length = 2; length < whole.length; length++) {
            TextSource source = TextSource.file(write("cut.gz", Arrays.copyOf(whole, length)));
            assertThatThrownBy(source::readAll)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("cut.gz cannot be read: the compressed file");
        }
    }

    @Test
    void anyBytesAreReadOrRefused() throws IOException {
        Random random = new Random(3);
        byte[] whole = gzip(utf8("{\"text\": \"x\"}\n".repeat(50)));
        for (int i = 0; i < 300; i++) {
            byte[] damaged = whole.clone();
            for (int k = 0; k < 3; k++) {
                damaged[2 + random.nextInt(damaged.length - 2)] = (byte) random.nextInt();
            }
            TextSource source = TextSource.file(write("damaged.gz", damaged));
            try {
                assertThat(source.readAll()).isNotNull();
            } catch (InputException e) {
                assertThat(e).hasMessageContaining("damaged.gz");
            }
        }
    }

    @Test
    void aLineThatIsTooLongIsRefused() throws IOException {
        TextSource source = TextSource.file(write("long.txt", utf8("ok\n" + "x".repeat(20_000))));
        assertThatThrownBy(() -> source.forEachLine(19_999, (line, number) -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("long.txt line 2: the line is longer than 19999 bytes");
        List<Integer> lengths = new ArrayList<>();
        source.forEachLine(20_000, (line, number) -> lengths.add(line.length()));
        assertThat(lengths).containsExactly(2, 20_000);
    }

    @Test
    void whatCannotBeOpenedIsSaidInOneSentence() {
        assertThatThrownBy(TextSource.file(folder.resolve("none.txt"))::readAll)
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("none.txt cannot be read: there is no such file.");
        assertThatThrownBy(TextSource.file(folder)::readAll)
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("cannot be read: it is a folder.");
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
