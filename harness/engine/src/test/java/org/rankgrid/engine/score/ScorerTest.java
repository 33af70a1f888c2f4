package org.rankgrid.engine.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.data.Environment;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.run.Evaluation;
import org.rankgrid.engine.run.Installation;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.results.cell.Item;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.Score;

/** Choices and rolled windows on the bundled model, end to end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScorerTest {

    private static final OptionalInt ALL = OptionalInt.empty();
    private static final String TEXT = "Once upon a time, there was a little girl named Lily. She loved to play.";

    private Installation installation;
    private Machine machine;
    private Checkpoint checkpoint;
    private Decoder decoder;

    @BeforeAll
    void open(@TempDir Path folder) {
        installation = Installation.of(
                new Environment(Map.of(), folder, "Linux"),
                folder,
                Optional.of(folder.resolve("cache")),
                Optional.empty(),
                List.of());
        machine = Machine.open(
                installation.plugins(), new Machine.Choice(Optional.of("scalar"), Optional.empty(), OptionalInt.of(2)));
        checkpoint = installation.open("stories260k");
        decoder = Decoder.load(checkpoint, machine.backend());
    }

    @AfterAll
    void close() {
        decoder.close();
        checkpoint.close();
        machine.close();
    }

    @Test
    void likelihoodsAreThoseOfAllLogitsOfEachSequenceAlone() {
        TokenRequests requests = requests(StoryQuestions.requests());
        List<Answer> answers = score(requests, Batching.DEFAULT);

        for (int r = 0; r < answers.size(); r++) {
            List<TokenSequence> sequences = requests.requests().get(r).sequences();
            List<Answer.Likelihood> likelihoods = ((Answer.Choices) answers.get(r)).likelihoods();
            assertThat(likelihoods).hasSameSizeAs(sequences);
            for (int s = 0; s < sequences.size(); s++) {
                Answer.Likelihood naive = naive(sequences.get(s));
                assertThat(likelihoods.get(s).sum()).isCloseTo(naive.sum(), within(2e-5 * naive.tokens()));
                assertThat(likelihoods.get(s).tokens()).isEqualTo(naive.tokens());
                assertThat(likelihoods.get(s).greedy()).isEqualTo(naive.greedy());
            }
        }
    }

    @Test
    void aContinuationThatTheModelWouldWriteItselfIsGreedy() {
        int[] story = checkpoint.tokenizer().encode("Once upon a", true);
        int[] grown = story;
        for (int i = 0; i < 4; i++) {
            grown = Encoder.joined(grown, new int[] {mostProbableAfter(grown)});
        }
        int[] other = grown.clone();
        other[other.length - 1]++;

        List<Answer> answers = score(
                new TokenRequests(
                        List.of(new TokenRequest.Choices(
                                "t",
                                0,
                                List.of(
                                        new TokenSequence(grown, story.length),
                                        new TokenSequence(other, story.length)))),
                        requests(StoryQuestions.requests()).facts()),
                Batching.DEFAULT);
        assertThat(((Answer.Choices) answers.getFirst()).likelihoods())
                .extracting(Answer.Likelihood::greedy)
                .containsExactly(true, false);
    }

    @Test
    void packingChangesNoBit() {
        TokenRequests requests = requests(StoryQuestions.requests());
        List<Answer> one = score(requests, Batching.of(OptionalInt.of(1)));

        assertThat(score(requests, Batching.of(OptionalInt.of(3)))).isEqualTo(one);
        assertThat(score(requests, Batching.of(OptionalInt.of(7)))).isEqualTo(one);
        assertThat(score(requests, Batching.DEFAULT)).isEqualTo(one);
    }

    @Test
    void orderChangesNoBit() {
        List<Request> items = new ArrayList<>(StoryQuestions.requests());
        Set<Answer> inOrder = new LinkedHashSet<>(score(requests(items), Batching.of(OptionalInt.of(4))));
        Collections.shuffle(items, new Random(1));

        assertThat(score(requests(items), Batching.of(OptionalInt.of(4)))).containsExactlyInAnyOrderElementsOf(inOrder);
    }

    @Test
    void sharingContextsChangesNoBitAndRunsFewerTokens() {
        TokenRequests requests = requests(StoryQuestions.requests());
        List<Answer> plain = score(requests, Batching.DEFAULT);
        Batching sharing = new Batching(ALL, true);

        assertThat(score(requests, sharing)).isEqualTo(plain);
        assertThat(score(requests, new Batching(OptionalInt.of(1), true))).isEqualTo(plain);
        assertThat(sharing.tokens(requests)).isLessThan(Batching.DEFAULT.tokens(requests));
    }

    @Test
    void tokensAreCountedAsTheyAreRun() {
        TokenRequests requests = requests(StoryQuestions.requests());
        for (Batching batching : List.of(Batching.DEFAULT, new Batching(OptionalInt.of(5), true))) {
            List<Long> seen = new ArrayList<>();
            new Scorer(machine.backend(), batching)
                    .score(
                            decoder,
                            requests,
                            (title, total, unit) -> {
                                seen.add(-total);
                                return new Progress.Step() {
                                    @Override
                                    public void advance(long units) {
                                        seen.add(units);
                                    }

                                    @Override
                                    public void close() {}
                                };
                            },
                            "t");
            assertThat(seen.getFirst()).isEqualTo(-batching.tokens(requests));
            assertThat(seen.stream().mapToLong(Long::longValue).sum()).isZero();
        }
    }

    @Test
    void aRolledDocumentIsPredictedTokenByToken() {
        Request passage = new Request.Passage(TEXT, Request.Cut.ROLLING, 10, Request.Bos.NONE);
        TokenRequests requests = requests(List.of(passage));
        Answer.Window answer =
                (Answer.Window) score(requests, Batching.of(OptionalInt.of(1))).getFirst();

        double sum = requests.sequences()
                .mapToDouble(sequence -> naive(sequence).sum())
                .sum();
        int tokens = checkpoint.tokenizer().encode(TEXT, false).length;
        assertThat(answer.tokens()).isEqualTo(tokens);
        assertThat(answer.nll()).isCloseTo(-sum / tokens, within(2e-5));
        assertThat(score(requests, new Batching(ALL, true))).containsExactly(answer);
    }

    @Test
    void aGroupGivesScoresAndItemsOfItsPartsUnderTheirNames() {
        Evaluation.Result result = evaluate(List.of(run("stories", OptionalInt.of(2))));

        assertThat(result.scores()).extracting(Score::task).containsExactly("stories", "stories_end", "stories_begin");
        assertThat(result.scores()).extracting(Score::n).containsExactly(4, 2, 2);
        assertThat(result.items())
                .extracting(Item::task)
                .containsExactly("stories_end", "stories_end", "stories_begin", "stories_begin");
        Item.Choice first = (Item.Choice) result.items().getFirst();
        assertThat(first.loglikelihoods()).hasSize(2).allMatch(sum -> sum < 0);
        assertThat(first.metrics()).containsOnlyKeys("acc");
    }

    @Test
    void runsOfOneTaskAreToldApartInTheNamesOfTheirPartsToo() {
        Evaluation.Result result =
                evaluate(List.of(run("stories", OptionalInt.of(1)), run("stories:shots=2", OptionalInt.of(1))));

        assertThat(result.scores())
                .extracting(Score::task)
                .containsExactly(
                        "stories",
                        "stories_end",
                        "stories_begin",
                        "stories:shots=2",
                        "stories_end:shots=2",
                        "stories_begin:shots=2");
        assertThat(result.items())
                .extracting(Item::task)
                .containsExactly("stories_end", "stories_begin", "stories_end:shots=2", "stories_begin:shots=2");
    }

    @Test
    void runsOfTwoFilesWithOneIdAreToldApartByTheirFiles() {
        Evaluation.Result result =
                evaluate(List.of(run("a/s.yaml", OptionalInt.of(1)), run("b/s.yaml", OptionalInt.of(1))));

        assertThat(result.scores())
                .extracting(Score::task)
                .containsExactly(
                        "a/s.yaml",
                        "stories_end (a/s.yaml)",
                        "stories_begin (a/s.yaml)",
                        "b/s.yaml",
                        "stories_end (b/s.yaml)",
                        "stories_begin (b/s.yaml)");
    }

    private Evaluation.Result evaluate(List<TaskRun> runs) {
        return new Evaluation(installation, machine, Batching.DEFAULT).run("stories260k", runs, Progress.NONE);
    }

    private static TaskRun run(String label, OptionalInt limit) {
        StoryQuestions task = new StoryQuestions();
        return new TaskRun(label, task, Options.defaults(task.options()), limit);
    }

    private TokenRequests requests(List<Request> requests) {
        return TokenRequests.of("stories", requests, checkpoint.tokenizer(), 512, ALL);
    }

    private List<Answer> score(TokenRequests requests, Batching batching) {
        return new Scorer(machine.backend(), batching).score(decoder, requests, Progress.NONE, "t");
    }

    private int mostProbableAfter(int[] ids) {
        return argmax(logits(ids), ids.length - 1);
    }

    private Answer.Likelihood naive(TokenSequence sequence) {
        float[] logits = logits(sequence.ids());
        double sum = 0;
        boolean greedy = true;
        for (int t = sequence.from(); t < sequence.ids().length; t++) {
            int target = sequence.ids()[t];
            sum += logSoftmax(logits, t - 1, target);
            greedy &= argmax(logits, t - 1) == target;
        }
        return new Answer.Likelihood(sum, sequence.predicted(), greedy);
    }

    private float[] logits(int[] ids) {
        try (Scope scope = machine.backend().scope()) {
            return decoder.logits(decoder.hidden(ids, PackedSequences.ofLengths(ids.length), scope));
        }
    }

    private double logSoftmax(float[] logits, int row, int target) {
        int v = checkpoint.spec().vocabulary();
        double largest = logits[row * v + argmax(logits, row)];
        double sum = 0;
        for (int i = 0; i < v; i++) {
            sum += Math.exp(logits[row * v + i] - largest);
        }
        return logits[row * v + target] - largest - Math.log(sum);
    }

    private int argmax(float[] logits, int row) {
        int v = checkpoint.spec().vocabulary();
        int best = 0;
        for (int i = 1; i < v; i++) {
            best = logits[row * v + i] > logits[row * v + best] ? i : best;
        }
        return best;
    }
}
