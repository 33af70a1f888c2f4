package org.rankgrid.engine.run;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run and the processes that compute its cells say to each other: lines of a word and its values, parted by tabs. What
 * is computed goes through files; a line that is none of these is no part of the talk.
 *
 * @param word what is said
 * @param values what belongs to it
 */
record WorkerTalk(Word word, List<String> values) {

    /** The words. */
    enum Word {
        /** To the worker, with an id: that cell's result is in the run directory, and its scores may be taken over. */
        SCORED,
        /** To the worker, with an id, whether the ranks that are there are kept, and numbers of tasks: to be computed. */
        COMPUTE,
        /** From the worker: it can be given cells. */
        READY,
        /** From the worker, with an amount: so much more of the work is done. */
        ADVANCE,
        /** From the worker, with a stage and seconds that no single cell is charged for. */
        SPENT,
        /** From the worker: the cell is in its folder. */
        DONE
    }

    static String line(Word word, Object... values) {
        String tail = Arrays.stream(values).map(value -> "\t" + value).collect(Collectors.joining());
        return word + tail;
    }

    /** Reads a line; empty if it is none. */
    static Optional<WorkerTalk> parse(String line) {
        List<String> parts = List.of(line.split("\t", -1));
        return Arrays.stream(Word.values())
                .filter(word -> word.name().equals(parts.getFirst()))
                .findFirst()
                .map(word -> new WorkerTalk(word, parts.subList(1, parts.size())));
    }
}
