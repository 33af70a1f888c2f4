package org.rankgrid.engine.score;

import java.util.Arrays;
import org.rankgrid.numerics.PythonRandom;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.Request;

/** Draws windows from documents as GPTQ's {@code get_c4} does for its test text. */
final class ExcerptDraw {

    /** Draws without a document that is long enough, after which there is taken to be none: of C4's, one in forty has 2,048. */
    private static final int PATIENCE = 10_000;

    private final String task;
    private final Request.Excerpts request;
    private final Encoder encoder;
    private final PythonRandom random = new PythonRandom(0);

    /**
     * A new sequence of draws.
     *
     * @param task the task's id, for messages
     */
    ExcerptDraw(String task, Request.Excerpts request, Encoder encoder) {
        this.task = task;
        this.request = request;
        this.encoder = encoder;
    }

    /**
     * The next window.
     *
     * @throws InputException if no document seems to be long enough
     */
    int[] next() {
        int window = request.window();
        for (int tried = 0; tried < PATIENCE; tried++) {
            int document = Math.toIntExact(random.randint(0, request.documents().size() - 1));
            int[] ids = encoder.encode(request.documents().get(document), request.bos());
            if (ids.length > window) {
                int from = Math.toIntExact(random.randint(0, ids.length - window - 1));
                return Arrays.copyOfRange(ids, from, from + window);
            }
        }
        throw new InputException("task " + task + ": none of " + PATIENCE + " documents drawn has more than " + window
                + " tokens, choose a smaller window or longer documents");
    }
}
