package org.rankgrid.data.yaml;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.InputException;

/** Whatever the text, only an {@link InputException} may come out. */
class YamlSurvivalTest {

    private static final String SOUND = """
            %YAML 1.2
            ---
            name: "ex\\u00e4mple" # comment
            base: &base {corpus: tinystories, sequences: 64}
            calibration:
              <<: *base
              length: 0x100
            allocators: [uniform, {id: mgaa, alpha: [0.2, 1e-3]}]
            text: |
              two
              lines
            other: !function f
            ? key
            : >-
              folded
            """;

    private static final String[] PIECES = {
        ":",
        " ",
        "\n",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&a",
        "*a",
        "!!int",
        "!",
        "<<",
        "\"",
        "'",
        "|",
        ">",
        "%",
        "---",
        "...",
        "?",
        "\t",
        "\\U7fffffff",
        "\\x",
        "#",
        "0x",
        "1e9",
        ".inf",
        "\ud800",
        "\ufeff",
        "\u0085",
        "a",
        "~",
        "\r",
        "`",
        "@",
        "%TAG ! x\n",
        "%YAML 1"
    };

    private static void survives(String text) {
        try {
            YamlDocument.parse("g", text);
        } catch (InputException expected) {
            if (String.valueOf(expected.getMessage()).contains("\n")) {
                throw new AssertionError("more than one line: " + expected.getMessage());
            }
        } catch (RuntimeException e) {
            throw new AssertionError("on <<<" + text + ">>>", e);
        }
    }

    @Test
    void everyTruncationOfASoundFileIsSurvived() {
        for (int i = 0; i <= SOUND.length(); i++) {
            survives(SOUND.substring(0, i));
        }
    }

    @Test
    void everyReplacedCharacterOfASoundFileIsSurvived() {
        for (int i = 0; i < SOUND.length(); i++) {
            for (String piece : PIECES) {
                survives(SOUND.substring(0, i) + piece + SOUND.substring(i + 1));
            }
        }
    }

    @Test
    void randomSoupIsSurvived() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(12); k >= 0; k--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            survives(text.toString());
        }
    }
}
