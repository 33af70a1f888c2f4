package org.rankgrid.spi.task;

import java.util.List;

/** Something a task asks of a model, as text: the engine tokenises, cuts and batches it. */
public sealed interface Request {

    /**
     * The likelihood of a text, cut into windows of at most {@code window} tokens.
     *
     * @param text the text
     * @param cut how it is tokenised and cut
     * @param window L, tokens of a window; 0 for as many as the model takes
     * @param most only so many windows, the first
     * @param bos what stands in front
     */
    record Passage(String text, Cut cut, int window, int most, Bos bos) implements Request {

        /** A passage of whose windows none is left out. */
        public Passage(String text, Cut cut, int window, Bos bos) {
            this(text, cut, window, Integer.MAX_VALUE, bos);
        }
    }

    /**
     * The likelihoods of windows that are drawn at random from documents, by Python's {@code random} seeded with 0 (GPTQ's
     * {@code c4}, EVALUATION F.1.3): a document is drawn, again as long as it has no more than {@code window} tokens, then the
     * window's place in it. The first token of a window is not predicted.
     *
     * @param documents at least one
     * @param count how many windows
     * @param window L, tokens of a window
     * @param bos what stands in front of a document
     */
    record Excerpts(List<String> documents, int count, int window, Bos bos) implements Request {

        /** Copies the list. */
        public Excerpts {
            documents = List.copyOf(documents);
        }
    }

    /**
     * The likelihoods of several continuations: one item of a choice task.
     *
     * @param task the leaf task that the item belongs to; limits count within it
     * @param index the item's number within the leaf task, from 0, in file order
     * @param origin file and line of the item, for messages
     * @param continuations at least one
     * @param bos what stands in front
     */
    record Choices(String task, int index, String origin, List<Continuation> continuations, Bos bos)
            implements Request {

        /** Copies the list. */
        public Choices {
            continuations = List.copyOf(continuations);
        }
    }

    /**
     * A text whose likelihood is asked after another.
     *
     * @param context what stands before it, may be empty
     * @param text the continuation, with the space or line feed that parts it from the context
     */
    record Continuation(String context, String text) {}

    /** How a passage becomes windows. */
    enum Cut {
        /**
         * Tokenised once with the tokenizer's special tokens; windows do not overlap, an incomplete last one is dropped,
         * each starts anew, and its first token is not predicted (EVALUATION F.1.1).
         */
        CONCAT,
        /** One window: special tokens as the tokenizer adds them, then the text, cut at the window (DESIGN 5). */
        DOCUMENT,
        /**
         * Every token predicted once, the first after a BOS (or EOS); windows of so many predicted tokens, the last one
         * with as much context as fits (EVALUATION F.4).
         */
        ROLLING
    }

    /** What stands in front of a text. */
    enum Bos {
        /** What the tokenizer puts there. */
        TOKENIZER,
        /** Nothing. */
        NONE
    }
}
