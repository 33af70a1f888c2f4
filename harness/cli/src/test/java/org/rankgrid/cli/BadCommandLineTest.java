package org.rankgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command lines that say nothing that can be done: a sentence, the nearest word, exit code 2. */
class BadCommandLineTest {

    @TempDir
    private static Path cache;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            rnu                                                   | rankgrid has no command 'rnu' (did you mean 'run'?)
            run GRID --ouy x                                      | rankgrid run has no option '--ouy' (did you mean '--out'?)
            run GRID --limt=3                                     | rankgrid run has no option '--limt' (did you mean '--limit'?)
            run GRID more                                         | takes no further word 'more'
            run                                                   | rankgrid run: missing required parameter: 'GRID.yaml'
            eval stories260k                                      | missing required option: '--task
            cache                                                 | rankgrid cache needs one of list, prune
            cache lst                                             | rankgrid cache has no command 'lst' (did you mean 'list'?)
            cache prune                                           | --unused DAYS, --keep SIZE or --all
            cache prune --keep much                               | --keep much is not a size
            cache prune --unused -1                               | --unused -1 is not a number of days
            run GRID --limit 0                                    | --limit 0 is not a number of 1 or more
            run GRID --limit many                                 | 'many' is not an int
            run GRID --threads 0                                  | --threads 0 is not a number of 1 or more
            run GRID --threads 2000000000                         | --threads 2000000000 is more than 1024
            run GRID --batch -1                                   | --batch -1 is not a number of 1 or more
            run GRID --backend vectr                              | there is no backend 'vectr' (did you mean 'vector'?)
            plan GRID --decompositions lapack                     | there is no decompositions library 'lapack'
            plugins alocator                                      | there is no kind of plugin 'alocator'
            bench --backend vectr                                 | there is no backend 'vectr' (did you mean 'vector'?)
            bench --threads 0                                     | --threads 0 is not a number of 1 or more
            bench --seconds -1                                    | --seconds -1.0 is not a number from 0 to 3600
            bench --model stories26k                              | (did you mean 'stories260k'?)
            models pull nothing                                   | There is no model 'nothing' to pull
            eval stories260k --task tinystorie                    | there is no task 'tinystorie' (did you mean 'tinystories'?)
            eval stories260k --task tinystories:windw=3           | task 'tinystories' has no option 'windw' (did you mean 'window'?)
            eval stories260k --task tinystories:window            | 'window' is not of the form key=value
            eval stories260k --task tinystories:window=1          | window is 1, expected a whole number from 2
            eval stories260k --task ./tinystorie.yaml             | tinystorie.yaml (did you mean 'tinystories'?)
            eval stories260k --task tinystories --profile bolaco2 | there is no profile 'bolaco2' (did you mean 'bolaco'?)
            eval stories260k --task wikitext2 --profile bolaco    | a window of 4096
            eval stories260k --task tinystories --limit 0         | --limit 0 is not a number of 1 or more
            eval stories26k --task tinystories                    | (did you mean 'stories260k'?)
            eval nobody/nothing --task tinystories                | it is not in the hub cache
            """)
    void isRefusedWithASentence(String words, String sentence) {
        Cli cli = new Cli(folder, cache);
        String[] arguments = words.replace("GRID", cli.grid().toString()).split(" ");
        Cli.Ended ended =
                arguments.length == 1 || arguments[1].equals("lst") ? Cli.words(arguments) : cli.run(arguments);

        ended.isRefusedWith(sentence);
    }

    @Test
    void noWordsAtAllAreAnsweredWithTheVerbs() {
        Cli.words().isRefusedWith("rankgrid needs one of run, plan, eval");
    }

    @Test
    void outputThatCannotBePrintedIsNotSilentlyLost() {
        Writer full = new Writer() {
            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        StringWriter err = new StringWriter();

        int code = Main.run(new PrintWriter(full), new PrintWriter(err), "plugins", "--cache", cache.toString());

        assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("standard output");
    }
}
