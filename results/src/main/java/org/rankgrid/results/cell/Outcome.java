package org.rankgrid.results.cell;

/** How a cell ended. */
public sealed interface Outcome {

    /** Compressed and scored on every task. */
    record Ok() implements Outcome {}

    /**
     * Ended with an error; scores of tasks that came before it are kept.
     *
     * @param kind a word that scripts can tell apart: {@code input}, {@code numerics}, {@code plugin}, ...
     * @param error one sentence for people
     */
    record Failed(String kind, String error) implements Outcome {}
}
