package org.rankgrid.spi.task;

/** Something a task asks of a model, as text: the engine tokenises, cuts and batches it. */
public sealed interface Request {

    /**
     * The likelihood of a text, cut into windows of at most {@code window} tokens.
     *
     * @param text the text
     * @param cut how it is tokenised and cut
     * @param window L, tokens of a window
     */
    record Passage(String text, Cut cut, int window) implements Request {}

    /** How a passage becomes windows. */
    enum Cut {
        /**
         * Tokenised once with the tokenizer's special tokens; windows do not overlap, an incomplete last one is dropped,
         * each starts anew, and its first token is not predicted (EVALUATION F.1.1).
         */
        CONCAT,
        /** One window: special tokens as the tokenizer adds them, then the text, cut at the window (DESIGN 5). */
        DOCUMENT
    }
}
