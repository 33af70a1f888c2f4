package org.rankgrid.engine.score;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.rankgrid.spi.task.Request.Bos;
import org.rankgrid.spi.task.Request.Continuation;

/**
 * Context and continuations of one item as ids, by the rules of lm-evaluation-harness ({@code TemplateLM.loglikelihood} and
 * {@code _encode_pair}; EVALUATION F.2.1).
 */
final class ContinuationEncoding {

    private final Encoder encoder;
    private final Bos bos;
    private final Map<String, int[]> contexts = new HashMap<>();

    ContinuationEncoding(Encoder encoder, Bos bos) {
        this.encoder = encoder;
        this.bos = bos;
    }

    /**
     * A context and what follows it.
     *
     * @param context at least one id
     * @param continuation may be empty, where its characters add no token to those of the context
     */
    record Pair(int[] context, int[] continuation) {}

    /**
     * Encodes a continuation: white space at the end of the context goes over to it, context and continuation are tokenised
     * together, and what comes after the tokens of the context alone is the continuation. Without a context the prefix token
     * is one, be it put there or the first of the continuation itself; so it is for a context of white space alone that
     * no BOS stands before, of which lm-evaluation-harness has no likelihood.
     */
    Pair encode(Continuation asked) {
        if (asked.context().isEmpty()) {
            return alone(encoder.encode(asked.text(), Bos.NONE));
        }
        int kept = WhiteSpace.lengthWithoutTrailing(asked.context());
        int[] whole = encoder.encodeOnce(asked.context() + asked.text(), bos);
        int[] context =
                contexts.computeIfAbsent(asked.context().substring(0, kept), text -> encoder.encodeOnce(text, bos));
        if (context.length == 0) {
            return alone(whole);
        }
        return new Pair(context, Arrays.copyOfRange(whole, Math.min(context.length, whole.length), whole.length));
    }

    private Pair alone(int[] continuation) {
        int[] prefix = {encoder.prefix()};
        return continuation.length > 0 && continuation[0] == prefix[0]
                ? new Pair(prefix, Arrays.copyOfRange(continuation, 1, continuation.length))
                : new Pair(prefix, continuation);
    }
}
