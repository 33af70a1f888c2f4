package org.rankgrid.tasks.choice;

import java.util.List;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.Request;

/**
 * The options of choice tasks, read.
 *
 * @param shots examples before each question; {@link #AS_THE_FILE_SAYS} in a group whose tasks differ
 * @param bos what stands in front of a text
 */
record ChoiceOptions(int shots, Request.Bos bos) {

    /** Each task of a group has the number of examples that its file gives. */
    static final int AS_THE_FILE_SAYS = -1;

    /** Most examples that can be asked for. */
    static final int MOST_SHOTS = 1000;

    private static final String SHOTS = "num_fewshot";
    private static final String BOS = "bos";
    private static final String NONE = "none";

    /**
     * The declaration.
     *
     * @param shots the default number of examples
     */
    static List<OptionSpec> specs(int shots) {
        return List.of(
                OptionSpec.whole(
                        SHOTS,
                        Math.min(shots, 0),
                        MOST_SHOTS,
                        shots,
                        shots == AS_THE_FILE_SAYS
                                ? "Examples before each question; -1 for as many as each task of the group has."
                                : "Examples before each question."),
                OptionSpec.choice(
                        BOS,
                        List.of("tokenizer", NONE),
                        "What stands in front: a BOS where the tokenizer adds one, or nothing."));
    }

    static ChoiceOptions of(Options options) {
        return new ChoiceOptions(
                Math.toIntExact(options.whole(SHOTS)),
                options.text(BOS).equals(NONE) ? Request.Bos.NONE : Request.Bos.TOKENIZER);
    }
}
