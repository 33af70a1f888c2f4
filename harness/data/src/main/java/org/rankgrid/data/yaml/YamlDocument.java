package org.rankgrid.data.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.rankgrid.spi.InputException;

/**
 * Reads one YAML document into a tree of {@link YamlNode}s. The core schema of YAML 1.2 decides types; aliases and merge
 * keys are resolved. Any text is survived: size, depth and the nodes that aliases expand to are bounded.
 */
public final class YamlDocument {

    /** Most bytes of a file, and most characters of a text. */
    public static final int LARGEST = 4 << 20;

    private YamlDocument() {}

    /**
     * The tree of a text; an empty text is a null scalar.
     *
     * @param name what problems are said to stand in: the file as the person named it
     * @throws InputException with position, if the text is not one sound YAML document
     */
    public static YamlNode parse(String name, String text) {
        return parse(name, text, problem -> {
            throw problem.exception();
        });
    }

    /**
     * The tree of a text, for readers that gather problems: a duplicate key goes to the collector and its first value stays.
     *
     * @throws InputException with position, if the text is damaged beyond that
     */
    public static YamlNode parse(String name, String text, Consumer<YamlProblem> problems) {
        return new TreeBuilder(name, true, problems).build(text);
    }

    /**
     * The tree of a text that is not a file (a value on the command line): positions carry the name alone.
     *
     * @throws InputException if the text is not one sound YAML document
     */
    public static YamlNode parseInline(String name, String text) {
        return new TreeBuilder(name, false, problem -> {
                    throw problem.exception();
                })
                .build(text);
    }

    /**
     * The tree of a file.
     *
     * @throws InputException if it cannot be read, or as {@link #parse(String, String)}
     */
    public static YamlNode read(Path file) {
        return parse(file.toString(), readText(file));
    }

    /**
     * The text of a file: UTF-8, at most {@link #LARGEST} bytes.
     *
     * @throws InputException if there is no such file, it cannot be read, is too large, or is not UTF-8
     */
    public static String readText(Path file) {
        if (Files.isDirectory(file)) {
            throw new InputException(file + " is a folder, where a YAML file was expected");
        }
        if (!Files.exists(file)) {
            throw new InputException(file + " does not exist");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        } catch (IOException e) {
            throw new InputException(file + " cannot be read: " + e.getMessage(), e);
        }
        if (bytes.length > LARGEST) {
            throw tooLarge(file.toString());
        }
        return decode(file.toString(), bytes);
    }

    static InputException tooLarge(String name) {
        return new InputException(name + " is larger than " + (LARGEST >> 20) + " MB, the most a YAML file may have");
    }

    private static String decode(String name, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw new YamlProblem(
                            endOf(name, text),
                            "byte 0x%02x is not UTF-8; save the file as UTF-8 text"
                                    .formatted(bytes[in.position()] & 0xff))
                    .exception();
        }
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    /** The position after the last character of a text. */
    static YamlPosition endOf(String name, String text) {
        int lineStart = text.lastIndexOf('\n') + 1;
        int line =
                1 + (int) text.chars().limit(lineStart).filter(c -> c == '\n').count();
        return new YamlPosition(name, line, text.codePointCount(lineStart, text.length()) + 1);
    }
}
