package org.rankgrid.spi.task;

/** What a model answered to a {@link Request}. */
public sealed interface Answer {

    /**
     * One window of a passage.
     *
     * @param index counts windows (or documents) from 0, in order
     * @param tokens predicted tokens
     * @param nll mean negative log-likelihood of them, nats
     */
    record Window(int index, int tokens, double nll) implements Answer {}
}
