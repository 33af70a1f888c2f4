package org.rankgrid.engine.score;

import java.util.List;
import org.rankgrid.spi.task.Answer;

/** A request of a task as one model reads it. */
public sealed interface TokenRequest {

    /** What is run for it, at least one sequence. */
    List<TokenSequence> sequences();

    /**
     * The answer.
     *
     * @param likelihoods one a sequence, in their order
     */
    Answer answer(List<Answer.Likelihood> likelihoods);

    /** Names one of the sequences, for messages. */
    String name(int sequence);

    /**
     * A window of a passage, or all windows of a document that is rolled over.
     *
     * @param index counts windows (or documents) from 0
     * @param sequences whose predicted tokens make up the answer together
     */
    record Window(int index, List<TokenSequence> sequences) implements TokenRequest {

        /** Copies the list. */
        public Window {
            sequences = List.copyOf(sequences);
        }

        @Override
        public Answer answer(List<Answer.Likelihood> likelihoods) {
            double nll = 0;
            int tokens = 0;
            for (Answer.Likelihood likelihood : likelihoods) {
                nll -= likelihood.sum();
                tokens += likelihood.tokens();
            }
            return new Answer.Window(index, tokens, nll / tokens);
        }

        @Override
        public String name(int sequence) {
            return "window " + index;
        }
    }

    /**
     * An item of a choice task.
     *
     * @param task the leaf task
     * @param index the item's number within it
     * @param sequences one a continuation, whose tokens are the predicted ones
     */
    record Choices(String task, int index, List<TokenSequence> sequences) implements TokenRequest {

        /** Copies the list. */
        public Choices {
            sequences = List.copyOf(sequences);
        }

        @Override
        public Answer answer(List<Answer.Likelihood> likelihoods) {
            return new Answer.Choices(task, index, likelihoods);
        }

        @Override
        public String name(int sequence) {
            return "choice " + sequence + " of item " + index + " of " + task;
        }
    }
}
