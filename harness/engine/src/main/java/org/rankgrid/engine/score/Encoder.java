package org.rankgrid.engine.score;

import java.util.Arrays;
import java.util.OptionalInt;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.Request.Bos;
import org.rankgrid.spi.text.Tokenizer;

/** A tokenizer with the rules of lm-evaluation-harness about what stands in front of a text. */
final class Encoder {

    private final String task;
    private final Tokenizer tokenizer;

    /**
     * An encoder.
     *
     * @param task the task's id, for messages
     */
    Encoder(String task, Tokenizer tokenizer) {
        this.task = task;
        this.tokenizer = tokenizer;
    }

    /** The ids of a text, special tokens as the tokenizer adds them or none. */
    int[] encode(String text, Bos bos) {
        return tokenizer.encode(text, bos == Bos.TOKENIZER);
    }

    /** The same, but a text that begins with the BOS itself gets no second one ({@code HFLM.tok_encode}). */
    int[] encodeOnce(String text, Bos bos) {
        int[] ids = encode(text, bos);
        boolean twice = bos == Bos.TOKENIZER
                && tokenizer.addsBos()
                && ids.length > 1
                && ids[0] == ids[1]
                && OptionalInt.of(ids[1]).equals(tokenizer.bos());
        return twice ? encode(text, Bos.NONE) : ids;
    }

    /**
     * What the first token of a text is predicted from where nothing stands before it: the BOS, else the EOS.
     *
     * @throws InputException if the tokenizer has neither
     */
    int prefix() {
        OptionalInt bos = tokenizer.bos();
        return (bos.isPresent() ? bos : tokenizer.eos())
                .orElseThrow(() -> new InputException("task " + task
                        + ": the model's tokenizer has neither a BOS nor an EOS token, and a text without context"
                        + " needs one in front: give its bos_token in tokenizer_config.json"));
    }

    /** Whether a BOS comes to stand in front of a text. */
    boolean puts(Bos bos) {
        return bos == Bos.TOKENIZER && tokenizer.addsBos();
    }

    /** Ids one after the other. */
    static int[] joined(int[] first, int[] second) {
        int[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
