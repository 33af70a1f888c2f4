package org.rankgrid.spi.task;

import java.util.List;

/** A task with its data at hand: what it asks, and how it judges the answers. */
public interface Questions {

    /** Everything the task asks, in order. */
    List<Request> requests();

    /** What decides the requests besides the options: hashes of data, versions of templates. */
    String fingerprint();

    /**
     * How the answer to one item counts.
     *
     * @throws IllegalArgumentException if the task has no such item
     */
    default Verdict verdict(Answer.Choices answer) {
        throw new IllegalArgumentException("there is no item " + answer.index() + " of " + answer.task());
    }

    /**
     * The scores of some answers. A group gives its own scores first, then those of its parts under their own names.
     *
     * @param answers in the order of the requests, those of items that were not asked missing
     * @param facts what the engine found while tokenising
     */
    List<Score> scores(List<Answer> answers, StreamFacts facts);
}
