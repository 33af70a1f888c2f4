package org.rankgrid.tasks.choice;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is measured of the answers, named as lm-evaluation-harness names it. */
enum Metric {
    /** Whether the most likely choice, the first of equals, is right; of a single continuation, whether it is greedy. */
    ACC("acc", true),
    /** The same with log-likelihoods divided by the choices' lengths in code points. */
    ACC_NORM("acc_norm", true),
    /** The same with log-likelihoods divided by the choices' lengths in bytes of UTF-8. */
    ACC_BYTES("acc_bytes", true),
    /** exp of the mean negative log-likelihood of a continuation, whatever its number of tokens. */
    PERPLEXITY("perplexity", false);

    /** Those of several choices. */
    static final List<Metric> OF_CHOICES = List.of(ACC, ACC_NORM, ACC_BYTES);

    /** Those of one continuation. */
    static final List<Metric> OF_CONTINUATION = List.of(PERPLEXITY, ACC);

    private final String word;
    private final boolean mean;

    Metric(String word, boolean mean) {
        this.word = word;
        this.mean = mean;
    }

    String word() {
        return word;
    }

    /** Whether the task's value is the mean of the items' values. */
    boolean isMean() {
        return mean;
    }

    static Optional<Metric> named(String word) {
        return Stream.of(values()).filter(metric -> metric.word.equals(word)).findFirst();
    }
}
