package org.rankgrid.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.rankgrid.spi.Sha256;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.Request;
import tools.jackson.databind.JsonNode;

/**
 * One item as lm-evaluation-harness scored it. Where the data set may not be passed on, its texts and ids are there as hashes.
 *
 * @param json a line of a file
 */
record GoldenItem(JsonNode json) {

    /** Its number within the leaf task. */
    int index() {
        return json.required("index").intValue();
    }

    /** The right continuation. */
    int gold() {
        return json.required("gold").intValue();
    }

    /** The log-likelihoods of the continuations. */
    double[] loglikelihoods() {
        return Goldens.doubles(json.required("loglikelihood"));
    }

    /** Number of tokens of a continuation. */
    int tokens(int choice) {
        return json.has("continuation_ids")
                ? json.required("continuation_ids").required(choice).size()
                : json.required("continuation_tokens").required(choice).intValue();
    }

    /** Number of tokens before a continuation. */
    int contextTokens(int choice) {
        return json.required("context_tokens").required(choice).intValue();
    }

    /** Whether a metric is given. */
    boolean has(String metric) {
        return json.has(metric);
    }

    /** The value of a metric. */
    double metric(String metric) {
        return json.required(metric).doubleValue();
    }

    /** The reference's own likelihoods as an answer. */
    Answer.Choices answer(String task) {
        double[] sums = loglikelihoods();
        List<Answer.Likelihood> likelihoods = new ArrayList<>();
        for (int choice = 0; choice < sums.length; choice++) {
            boolean greedy = json.required("greedy").required(choice).booleanValue();
            likelihoods.add(new Answer.Likelihood(sums[choice], tokens(choice), greedy));
        }
        return new Answer.Choices(task, index(), likelihoods);
    }

    /** Holds contexts and continuations against the reference, to the character. */
    void check(Request.Choices asked) {
        assertThat(asked.continuations()).as(asked.origin()).hasSize(loglikelihoods().length);
        for (int choice = 0; choice < asked.continuations().size(); choice++) {
            Request.Continuation continuation = asked.continuations().get(choice);
            String place = asked.origin() + ", choice " + choice;
            checkText(
                    place,
                    continuation.context(),
                    json.has("contexts") || json.has("contexts_sha256") ? "contexts" : "context",
                    choice);
            checkText(place, continuation.text(), "continuations", choice);
        }
    }

    /** Holds the ids of a continuation against the reference. */
    void checkIds(int choice, int[] ids) {
        if (json.has("continuation_ids")) {
            assertThat(ids)
                    .containsExactly(
                            Goldens.ints(json.required("continuation_ids").required(choice)));
        } else {
            String text = Arrays.stream(ids).mapToObj(String::valueOf).collect(Collectors.joining(" "));
            assertThat(Sha256.of(text))
                    .isEqualTo(json.required("continuation_ids_sha256")
                            .required(choice)
                            .asString());
        }
    }

    private void checkText(String place, String text, String key, int choice) {
        if (json.has(key)) {
            assertThat(text).as(place).isEqualTo(part(json.required(key), choice));
        } else {
            assertThat(Sha256.of(text)).as(place + ": " + text).isEqualTo(part(json.required(key + "_sha256"), choice));
        }
    }

    /** All choices may share a text. */
    private static String part(JsonNode texts, int choice) {
        return (texts.isArray() ? texts.required(choice) : texts).asString();
    }
}
