package org.rankgrid.engine.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.engine.score.TaskRun;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.DataLibrary;
import org.rankgrid.spi.task.Questions;
import org.rankgrid.spi.task.Task;

class ProfilesTest {

    private static final OptionSpec BOS = OptionSpec.choice("bos", List.of("tokenizer", "none"), "In front.");

    private static final Declared CONCAT =
            new Declared("concat", List.of(OptionSpec.whole("window", 2, 1 << 20, 2048, "Tokens."), BOS));

    private static final Declared ROLLING =
            new Declared("wikitext", List.of(OptionSpec.whole("max-length", 0, 1 << 20, 0, "Tokens."), BOS));

    private static final Declared QUESTIONS =
            new Declared("arc_challenge", List.of(OptionSpec.whole("num_fewshot", 0, 100, 5, "Examples."), BOS));

    /** A task that only declares options. */
    private record Declared(String id, List<OptionSpec> options) implements Task {

        @Override
        public String summary() {
            return "Declares options.";
        }

        @Override
        public Questions questions(DataLibrary library, Options options) {
            throw new UnsupportedOperationException();
        }
    }

    private static Options defaults(String profile, Task task) {
        return Options.defaults(Profiles.get(profile).options(task, Set.of()));
    }

    /** EVALUATION F.1.2, F.2.2 and F.2.4. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            lm-eval,    2048, tokenizer, tokenizer, acc
            bolaco,     4096, tokenizer, none,      acc_norm
            llm-pruner, 128,  tokenizer, none,      acc_norm
            svd-llm,    2048, tokenizer, none,      acc
            """)
    void measuresAsThePapersDid(String id, long window, String passageBos, String choiceBos, String arcChallenge) {
        assertThat(defaults(id, CONCAT).asMap()).isEqualTo(Map.of("window", window, "bos", passageBos));
        assertThat(defaults(id, ROLLING).asMap()).isEqualTo(Map.of("max-length", 0L, "bos", passageBos));
        assertThat(defaults(id, QUESTIONS).asMap()).isEqualTo(Map.of("num_fewshot", 5L, "bos", choiceBos));
        assertThat(Profiles.get(id).metrics().getOrDefault("arc_challenge", "acc"))
                .isEqualTo(arcChallenge);
    }

    @Test
    void theMixOfBolacoIsThatOfItsTables() {
        assertThat(Profiles.get("bolaco").metrics())
                .containsOnlyKeys("hellaswag", "hellaswag-activitynet-302", "arc_challenge", "openbookqa")
                .containsValue("acc_norm")
                .doesNotContainValue("acc");
    }

    @Test
    void whatAPersonGivesAndWhatATaskDoesNotDeclareIsLeftAlone() {
        Profile profile = Profiles.get("llm-pruner");

        assertThat(profile.options(CONCAT, Set.of("window"))).first().isEqualTo(CONCAT.options.getFirst());
        assertThat(profile.options(new Declared("bare", List.of()), Set.of())).isEmpty();
    }

    @Test
    void aValueThatATaskDoesNotTakeIsAnErrorUnlessThePersonGivesOne() {
        Declared narrow = new Declared("narrow", List.of(OptionSpec.whole("window", 2, 512, 512, "Tokens.")));
        Profile profile = Profiles.get("bolaco");

        assertThatThrownBy(() -> profile.options(narrow, Set.of()))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "profile 'bolaco' sets window to 4096, and task 'narrow' takes a whole number from 2 to 512:"
                                + " give the task's window yourself, or use no profile");
        assertThat(profile.options(narrow, Set.of("window"))).isEqualTo(narrow.options);
    }

    @Test
    void metricsAreNamedAsTheScoresAre() {
        Options options = Options.defaults(QUESTIONS.options);
        List<TaskRun> runs = List.of(
                new TaskRun("arc_challenge", QUESTIONS, options, OptionalInt.empty()),
                new TaskRun("arc_challenge:bos=none", QUESTIONS, options, OptionalInt.empty()),
                new TaskRun("own.yaml", "own.yaml", ROLLING, Options.defaults(ROLLING.options), OptionalInt.of(3)));

        assertThat(Profiles.get("bolaco").shownMetrics(runs))
                .containsExactlyEntriesOf(new TreeMap<>(
                        Map.of("arc_challenge", "acc_norm", "arc_challenge:bos=none", "acc_norm", "own.yaml", "acc")));
    }

    @Test
    void aMisspeltNameIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> Profiles.get("bolacco"))
                .isInstanceOf(InputException.class)
                .hasMessage("there is no profile 'bolacco' (did you mean 'bolaco'?)");
        assertThatThrownBy(() -> Profiles.get("xyz"))
                .hasMessage("there is no profile 'xyz'; known: lm-eval, bolaco, llm-pruner, svd-llm");
    }

    @Test
    void saysWhatItSets() {
        assertThat(Profiles.get("svd-llm").settings())
                .isEqualTo(
                        "windows of 2048 tokens, BOS tokenizer in perplexity and none in questions, acc of every task");
        assertThat(Profiles.get("bolaco").settings())
                .endsWith(
                        "acc_norm of hellaswag, hellaswag-activitynet-302, arc_challenge, openbookqa, acc of the others");
        assertThat(Profiles.get("lm-eval").settings())
                .isEqualTo("BOS tokenizer in perplexity and tokenizer in questions, acc of every task");
    }
}
