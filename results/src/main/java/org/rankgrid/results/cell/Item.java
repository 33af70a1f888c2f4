package org.rankgrid.results.cell;

/** The answer to one item of a task, as the log keeps it: what paired comparisons are made from. */
public sealed interface Item {

    /** The task. */
    String task();

    /** The item's number within the task, from 0, in file order. */
    int index();

    /**
     * A window or document of a perplexity task.
     *
     * @param task the task
     * @param index counts windows or documents from 0
     * @param tokens predicted tokens
     * @param nll mean negative log-likelihood of them, nats
     */
    record Window(String task, int index, int tokens, double nll) implements Item {}
}
