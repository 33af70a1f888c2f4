package org.rankgrid.spi.task;

import java.util.List;

/** What a model answered to a {@link Request}. */
public sealed interface Answer {

    /**
     * One window of a passage; under {@link Request.Cut#ROLLING} all windows of it together.
     *
     * @param index counts windows (or documents) from 0, in order
     * @param tokens predicted tokens
     * @param nll mean negative log-likelihood of them, nats
     */
    record Window(int index, int tokens, double nll) implements Answer {}

    /**
     * One item of a choice task.
     *
     * @param task the leaf task
     * @param index the item's number within it
     * @param likelihoods one a continuation, in the order of the request
     */
    record Choices(String task, int index, List<Likelihood> likelihoods) implements Answer {

        /** Copies the list. */
        public Choices {
            likelihoods = List.copyOf(likelihoods);
        }
    }

    /**
     * How likely a continuation is.
     *
     * @param sum of the natural logarithms of the probabilities of its tokens
     * @param tokens their number
     * @param greedy whether each of them is the most probable one
     */
    record Likelihood(double sum, int tokens, boolean greedy) {}
}
