package org.rankgrid.engine.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.StreamFacts;
import org.rankgrid.spi.text.Tokenizer;

/**
 * The token windows that a task's requests become.
 *
 * @param windows in order; a window of one token predicts nothing and is left out, its index stays unused
 * @param facts about the streams they were cut from
 */
public record Windows(List<Window> windows, StreamFacts facts) {

    /**
     * A window of tokens, scored on its own.
     *
     * @param index counts windows (or documents) from 0
     * @param ids its tokens; all but the first are predicted
     */
    public record Window(int index, int[] ids) {

        /** Number of tokens predicted. */
        public int predicted() {
            return ids.length - 1;
        }
    }

    /** Copies the list. */
    public Windows {
        windows = List.copyOf(windows);
    }

    /** Tokens of all windows together. */
    public long tokens() {
        return windows.stream().mapToLong(window -> window.ids().length).sum();
    }

    /** Length of the longest window. */
    public int longest() {
        return windows.stream().mapToInt(window -> window.ids().length).max().orElse(0);
    }

    /**
     * Tokenises and cuts.
     *
     * @param task the task's id, for messages
     * @param limit only so many windows or documents, the first
     * @throws InputException if nothing is left to predict
     */
    public static Windows cut(String task, List<Request> requests, Tokenizer tokenizer, OptionalInt limit) {
        int most = limit.orElse(Integer.MAX_VALUE);
        List<Window> windows = new ArrayList<>();
        long tokens = 0;
        boolean limited = false;
        int shortest = Integer.MAX_VALUE;
        int index = 0;
        for (Request request : requests) {
            Request.Passage passage = (Request.Passage) request;
            if (index >= most) {
                limited = true;
                break;
            }
            int[] stream = tokenizer.encode(passage.text(), true);
            tokens += stream.length;
            shortest = Math.min(shortest, passage.window());
            int whole = passage.cut() == Request.Cut.CONCAT ? stream.length / passage.window() : 1;
            for (int w = 0; w < whole; w++) {
                if (index >= most) {
                    limited = true;
                    break;
                }
                int from = w * passage.window();
                int[] ids = Arrays.copyOfRange(stream, from, Math.min(stream.length, from + passage.window()));
                if (ids.length > 1) {
                    windows.add(new Window(index, ids));
                }
                index++;
            }
        }
        if (windows.isEmpty()) {
            throw new InputException("task " + task + ": its text has " + tokens + " tokens, too few for one window of "
                    + (shortest == Integer.MAX_VALUE ? 0 : shortest)
                    + " tokens: give a longer text or a smaller window");
        }
        return new Windows(windows, new StreamFacts(tokens, tokenizer.addsBos() ? "tokenizer" : "none", limited));
    }
}
