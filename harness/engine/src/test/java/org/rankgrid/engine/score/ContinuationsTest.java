package org.rankgrid.engine.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.Request.Bos;
import org.rankgrid.spi.task.Request.Choices;
import org.rankgrid.spi.task.Request.Continuation;
import org.rankgrid.spi.text.Tokenizer;

/** Items of choice tasks: contexts and continuations as tokens. */
class ContinuationsTest {

    private static final OptionalInt ALL = OptionalInt.empty();
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");
    private static final Tokenizer WITH_BOS = new LongestMatch(true);
    private static final Tokenizer WITHOUT_BOS = new LongestMatch(false);

    /** A line of {@code continuations.tsv}, which tells where it comes from. */
    record Example(Tokenizer tokenizer, Bos bos, String context, String text, List<String> expected) {}

    static Stream<Example> examples() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ContinuationsTest.class.getResourceAsStream("continuations.tsv")),
                StandardCharsets.US_ASCII))) {
            return lines
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split("\t")))
                    .map(columns -> new Example(
                            columns.get(0).equals("bos") ? WITH_BOS : WITHOUT_BOS,
                            columns.get(1).equals("none") ? Bos.NONE : Bos.TOKENIZER,
                            unquoted(columns.get(2)),
                            unquoted(columns.get(3)),
                            columns.subList(4, columns.size())))
                    .toList()
                    .stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void idsAreThoseOfTheReference(Example example) {
        Choices item = item("t", 0, example.bos(), new Continuation(example.context(), example.text()));
        if (example.expected().equals(List.of("refused"))) {
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> encoded(example.tokenizer(), 64, item))
                    .withMessage("t.jsonl, line 1: choice 0 of item 0 of task t adds no token to its context, where at"
                            + " least one was expected: give it a text");
            return;
        }
        TokenSequence sequence =
                encoded(example.tokenizer(), 64, item).sequences().findFirst().orElseThrow();

        assertThat(Arrays.copyOf(sequence.ids(), sequence.from()))
                .containsExactly(ids(example.expected().get(0)));
        assertThat(Arrays.copyOfRange(sequence.ids(), sequence.from(), sequence.ids().length))
                .containsExactly(ids(example.expected().get(1)));
    }

    @Test
    void aContextOfWhiteSpaceAloneCountsAsNone() {
        assertThat(encoded(WITHOUT_BOS, 64, item("t", 0, Bos.TOKENIZER, new Continuation(" ", "c")))
                        .sequences()
                        .findFirst()
                        .orElseThrow()
                        .ids())
                .containsExactly(1, 132, 199);
    }

    @Test
    void aContextTooLongForTheModelLosesItsBeginning() {
        TokenRequests requests = encoded(
                WITH_BOS, 4, item("t", 0, Bos.TOKENIZER, new Continuation("vw", "xy"), new Continuation("uvw", "xy")));
        List<TokenSequence> sequences = requests.sequences().toList();

        // Five tokens: the last of them is not run.
        assertThat(sequences.get(0).ids()).containsExactly(0, 218, 219, 220, 221);
        assertThat(sequences.get(1).ids()).containsExactly(217, 218, 219, 220, 221);
        assertThat(sequences).extracting(TokenSequence::from).containsExactly(3, 3);
        assertThat(requests.longest()).isEqualTo(4);
        assertThat(requests.facts().truncated()).isEqualTo(1);
        assertThat(requests.truncation())
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .endsWith(
                                "the context of choice 1 of item 0 of task t is cut on the left: with its choice it has 6 tokens,"
                                        + " and the model takes 4"));
        assertThat(requests.facts().tokens()).isEqualTo(5 + 6);
    }

    @Test
    void aContinuationAsLongAsTheModelKeepsOneTokenOfContext() {
        TokenSequence sequence = encoded(WITH_BOS, 4, item("t", 0, Bos.TOKENIZER, new Continuation("uv", "wxyz")))
                .sequences()
                .findFirst()
                .orElseThrow();

        assertThat(sequence.ids()).containsExactly(218, 219, 220, 221, 222);
        assertThat(sequence.predicted()).isEqualTo(4);
    }

    @Test
    void aContinuationLongerThanTheModelIsRefused() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> encoded(
                        WITH_BOS,
                        4,
                        item("t", 3, Bos.NONE, new Continuation("u", "v"), new Continuation("u", "vwxyz"))))
                .withMessage("t.jsonl, line 4: choice 1 of item 3 of task t has 5 tokens, more than the 4 positions of"
                        + " the model: shorten it, or take a model that reads more");
    }

    @Test
    void aTokenizerWithNothingToPutInFrontIsRefusedWhereSomethingMustBe() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> encoded(
                        new Numbers(OptionalInt.empty(), OptionalInt.empty(), false),
                        4,
                        item("t", 0, Bos.TOKENIZER, new Continuation("", "1"))))
                .withMessageStartingWith("task group: the model's tokenizer has neither a BOS nor an EOS token");
    }

    @Test
    void theSwitchIsRecordedAsWhatItDid() {
        Continuation any = new Continuation("x", "y");
        assertThat(encoded(WITH_BOS, 9, item("t", 0, Bos.TOKENIZER, any))
                        .facts()
                        .bos())
                .isEqualTo("tokenizer");
        assertThat(encoded(WITH_BOS, 9, item("t", 0, Bos.NONE, any)).facts().bos())
                .isEqualTo("none");
        assertThat(encoded(WITHOUT_BOS, 9, item("t", 0, Bos.TOKENIZER, any))
                        .facts()
                        .bos())
                .isEqualTo("none");
    }

    @Test
    void theFirstItemsOfEachLeafAreTaken() {
        Request[] items = Stream.of("a", "b")
                .flatMap(leaf ->
                        IntStream.range(0, 3).mapToObj(i -> item(leaf, i, Bos.TOKENIZER, new Continuation("x", "y"))))
                .toArray(Request[]::new);

        TokenRequests two = TokenRequests.of("group", List.of(items), WITH_BOS, 9, OptionalInt.of(2));
        assertThat(two.requests())
                .extracting(request -> request.name(0))
                .containsExactly(
                        "choice 0 of item 0 of a",
                        "choice 0 of item 1 of a",
                        "choice 0 of item 0 of b",
                        "choice 0 of item 1 of b");
        assertThat(two.facts().limited()).isTrue();
        assertThat(TokenRequests.of("group", List.of(items), WITH_BOS, 9, OptionalInt.of(3))
                        .facts()
                        .limited())
                .isFalse();
    }

    @Test
    void theAnswerToAnItemKeepsTheOrderOfItsChoices() {
        List<Answer.Likelihood> likelihoods =
                List.of(new Answer.Likelihood(-2, 1, false), new Answer.Likelihood(-1, 2, true));

        assertThat(new TokenRequest.Choices("leaf", 7, List.of()).answer(likelihoods))
                .isEqualTo(new Answer.Choices("leaf", 7, likelihoods));
    }

    private static TokenRequests encoded(Tokenizer tokenizer, int positions, Request item) {
        return TokenRequests.of("group", List.of(item), tokenizer, positions, ALL);
    }

    private static Choices item(String task, int index, Bos bos, Continuation... continuations) {
        return new Choices(task, index, "t.jsonl, line " + (index + 1), List.of(continuations), bos);
    }

    private static int[] ids(String text) {
        return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    private static String unquoted(String text) {
        return ESCAPE.matcher(text.substring(1, text.length() - 1))
                .replaceAll(match -> String.valueOf((char) Integer.parseInt(match.group(1), 16)));
    }
}
