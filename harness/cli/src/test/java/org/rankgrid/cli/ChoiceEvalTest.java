package org.rankgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Choice tasks from the command line, on the bundled model and bundled data. */
class ChoiceEvalTest {

    private static final Pattern TOKENS = Pattern.compile("^(\\d+) tokens in ", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    @Test
    void sharedContextsBatchesAndThreadsChangeNoItem() throws IOException {
        Cli.Ended plain = eval("plain.jsonl", "--threads", "1", "--batch", "1");
        Cli.Ended shared = eval("shared.jsonl", "--threads", "2", "--share-contexts");

        assertThat(items("plain.jsonl")).hasLineCount(4);
        assertThat(items("shared.jsonl")).isEqualTo(items("plain.jsonl"));
        assertThat(shared.out()).isEqualTo(plain.out());
        assertThat(tokens(shared)).isLessThan(tokens(plain));
    }

    private Cli.Ended eval(String items, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "eval",
                "stories260k",
                "--task",
                "arc_easy",
                "--limit",
                "4",
                "--items",
                folder.resolve(items).toString()));
        words.addAll(List.of(more));
        return new Cli(folder, folder.resolve("cache"))
                .run(words.toArray(String[]::new))
                .succeeds();
    }

    private String items(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private static int tokens(Cli.Ended ended) {
        Matcher matcher = TOKENS.matcher(ended.err());
        assertThat(matcher.find()).as(ended.err()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}
