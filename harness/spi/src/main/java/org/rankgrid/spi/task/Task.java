package org.rankgrid.spi.task;

import java.util.List;
import org.rankgrid.spi.Plugin;
import org.rankgrid.spi.option.Options;

/** Something a model is scored on. A task emits strings and judges answers; it never sees a token or a tensor. */
public interface Task extends Plugin {

    /**
     * Everything the task asks, in order.
     *
     * @throws org.rankgrid.spi.InputException if its data are missing or damaged
     */
    List<Request> requests(TextLibrary texts, Options options);

    /** What decides the requests besides the options: hashes of data, versions of templates. */
    String fingerprint(TextLibrary texts, Options options);

    /**
     * The scores of some answers.
     *
     * @param answers in the order of their indexes
     * @param facts what the engine found while tokenising
     */
    List<Score> scores(List<Answer> answers, StreamFacts facts, Options options);
}
