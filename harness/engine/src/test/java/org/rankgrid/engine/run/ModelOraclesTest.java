package org.rankgrid.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.Effort;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.allocate.Oracles;
import org.rankgrid.engine.calibrate.CalibrationStore;
import org.rankgrid.engine.compress.Compressor;
import org.rankgrid.engine.decompose.DecompositionStore;
import org.rankgrid.engine.grid.Compression;
import org.rankgrid.engine.score.Batching;
import org.rankgrid.engine.score.Scorer;
import org.rankgrid.engine.score.TokenRequests;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.spi.allocate.ComponentGradient;
import org.rankgrid.spi.allocate.Gradients;
import org.rankgrid.spi.allocate.MaskObjective;
import org.rankgrid.spi.allocate.Trial;
import org.rankgrid.spi.allocate.Trials;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.task.Answer;

class ModelOraclesTest {

    private static final String GRID = """
            models: [stories260k]
            calibration: {corpus: tinystories, sequences: 3, length: 16}
            validation: {corpus: tinystories-validation, sequences: 6, length: 12}
            factorizations: [svd]
            allocators: [searcher]
            ratios: [0.4]
            layers: {exclude: ['*.k_proj', '*.v_proj', '*.o_proj', '*.gate_proj', '*.up_proj']}
            tasks:
              - {id: tinystories, limit: 1}
            """;

    @TempDir
    private Path folder;

    private Searches searches;
    private Compression compression;
    private ModelStages stages;
    private DecompositionStore decompositions;
    private Effort effort = new Effort();
    private Oracles oracles;

    @BeforeEach
    void open() {
        searches = new Searches(folder);
        GridPlan plan = GridPlan.of(searches.grid(GRID), searches.installation(), searches.machine());
        compression = plan.cells().getLast().compression().orElseThrow();
        enter();
    }

    @AfterEach
    void close() {
        stages.close();
        searches.close();
    }

    @Test
    void aTrialScoresWhatTheCompressedModelScores() {
        RankPlan plan = plan(7);

        Trial trial = trials().score(plan, 6, false);

        assertThat(trial.complete()).isTrue();
        assertThat(trial.divergence()).isEmpty();
        double[] scored = scored(plan);
        for (int s = 0; s < 6; s++) {
            assertThat(trial.nll()[s]).isCloseTo(scored[s], within(1e-5));
        }
        assertThat(effort.tokensForwarded()).isEqualTo(6 * 12);
    }

    @Test
    void sharedBlocksChangeNoBit() {
        Trials shared = trials();
        List<RankPlan> plans = new ArrayList<>(List.of(RankPlan.dense(stages.layers()), plan(7)));
        // One layer after the other, from the last block to the first and back to a plan scored before.
        for (int i = stages.layers().size() - 1; i >= 0; i -= 2) {
            plans.add(with(plans.getLast(), i, 3));
        }
        plans.add(with(plan(7), stages.layers().size() - 2, RankPlan.DENSE));
        List<Trial> together =
                plans.stream().map(plan -> shared.score(plan, 3, true)).toList();

        assertThat(effort.blocksReused()).isGreaterThan(3 * (4 + 3 + 2 + 1));
        for (int p = 0; p < plans.size(); p++) {
            forget();
            Trial alone = trials().score(plans.get(p), 3, true);
            assertThat(together.get(p)).usingRecursiveComparison().isEqualTo(alone);
        }
    }

    @Test
    void theDivergenceFromTheDenseModelIsThere() {
        Trials trials = trials();

        assertThat(trials.score(RankPlan.dense(stages.layers()), 2, true).divergence())
                .containsExactly(0, 0);
        Trial nll = trials.score(plan(6), 3, false);
        Trial both = trials.score(plan(6), 2, true);
        assertThat(Arrays.stream(both.divergence()).boxed()).hasSize(2).allMatch(divergence -> divergence > 0);
        assertThat(both.nll()).containsExactly(Arrays.copyOf(nll.nll(), 2));
    }

    @Test
    void whatWasAskedBeforeIsNotComputedAgain() {
        Trial trial = trials().score(plan(7), 6, true);
        leave();
        effort = new Effort();
        enter();

        assertThat(trials().score(plan(7), 6, true)).usingRecursiveComparison().isEqualTo(trial);
        assertThat(trials().score(plan(7), 2, false).nll()).containsExactly(Arrays.copyOf(trial.nll(), 2));
        assertThat(effort.trials()).isEqualTo(2);
        assertThat(effort.trialsComputed()).isZero();
        assertThat(effort.tokensForwarded()).isZero();
        assertThat(stages.seconds()).doesNotContainKey(ModelOracles.LOADING);
    }

    @Test
    void afterAKillOnlyTheTornTrialIsRepeated() throws IOException {
        Trial first = trials().score(plan(7), 2, false);
        Trial second = trials().score(plan(6), 2, false);
        Path log = only("trials.jsonl");
        byte[] bytes = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(bytes, bytes.length - 5));
        leave();
        effort = new Effort();
        enter();

        assertThat(trials().score(plan(7), 2, false)).usingRecursiveComparison().isEqualTo(first);
        assertThat(effort.trialsComputed()).isZero();
        assertThat(trials().score(plan(6), 2, false)).usingRecursiveComparison().isEqualTo(second);
        assertThat(effort.trialsComputed()).isEqualTo(1);
    }

    @Test
    void aChallengeStopsWhereItIsClearlyWorse() {
        Trials trials = trials();
        Trial rival = trials.score(plan(20), 6, false);

        Trial lost = trials.challenge(plan(1), rival, 2);
        assertThat(lost.complete()).isFalse();
        assertThat(lost.nll()).hasSizeBetween(4, 5);
        Trial won = trials.challenge(RankPlan.dense(stages.layers()), rival, 2);
        assertThat(won.complete()).isTrue();
        assertThat(won.nll()).hasSize(6);
        assertThat(trials.challenge(plan(20), rival, 0).complete()).isTrue();
        // The decision rests on the sequences before it, not on what is known already.
        trials.score(plan(1), 6, false);
        assertThat(trials.challenge(plan(1), rival, 2))
                .usingRecursiveComparison()
                .isEqualTo(lost);
        assertThatIllegalArgumentException().isThrownBy(() -> trials.challenge(plan(2), lost, 2));
    }

    @Test
    void questionsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> trials().score(plan(2), 7, false));
        assertThatIllegalArgumentException().isThrownBy(() -> trials().score(plan(2), 0, false));
        assertThatIllegalArgumentException().isThrownBy(() -> gradients().outputFisher(-1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> masks().evaluate(ones(), new MaskObjective.Batch(0, 1, 1)));
    }

    @Test
    void gradientsOfComponentsAreThoseOfMasks() {
        RankPlan dense = RankPlan.dense(stages.layers());

        List<ComponentGradient> gradients = gradients().components(dense, 0, 3);
        MaskObjective.MaskGradient masked = masks().evaluate(ones(), new MaskObjective.Batch(0, 3, 16));

        double predicted = 3 * 15;
        for (int i = 0; i < stages.layers().size(); i++) {
            double[] products = gradients.get(i).products();
            double[] mask = masked.gradients().get(i);
            for (int k = 0; k < products.length; k++) {
                assertThat(mask[k]).isCloseTo(products[k] / predicted, within(1e-6));
            }
        }
        assertThat(gradients.getFirst().tokens()).isEqualTo(3 * 16);
        assertThat(gradients.getFirst().sequences()).isEqualTo(3);
        assertThat(effort.tokensTrained()).isEqualTo(2 * 3 * 16);
        List<int[]> sequences = stages.sample(compression.calibration()).sequences();
        assertThat(masked.nll()).isCloseTo(mean(nll(dense, sequences)), within(1e-6));
    }

    @Test
    void aMaskOfLeadingOnesIsARank() {
        RankPlan plan = plan(9);
        List<float[]> masks = ones();
        masks.forEach(mask -> Arrays.fill(mask, 9, mask.length, 0));

        MaskObjective.MaskGradient masked = masks().evaluate(masks, new MaskObjective.Batch(0, 3, 16));

        List<int[]> sequences = stages.sample(compression.calibration()).sequences();
        assertThat(masked.nll()).isCloseTo(mean(nll(plan, sequences)), within(1e-5));
    }

    @Test
    void gradientsAreReadBackAsTheyWere() {
        List<ComponentGradient> first = gradients().components(plan(5), 2, 2);
        double[] fisher = gradients().outputFisher(2, 2);
        assertThat(Arrays.stream(fisher).boxed())
                .hasSize(stages.layers().size())
                .allMatch(weight -> weight > 0);
        leave();
        effort = new Effort();
        enter();

        assertThat(gradients().components(plan(5), 2, 2))
                .usingRecursiveComparison()
                .isEqualTo(first);
        // Sequences are counted on from the beginning past the last of three.
        assertThat(gradients().components(plan(5), 5, 2))
                .usingRecursiveComparison()
                .isEqualTo(first);
        assertThat(gradients().outputFisher(2, 2)).containsExactly(fisher);
        assertThat(effort.tokensTrained()).isZero();
        assertThat(gradients().sequences()).isEqualTo(3);
    }

    @Test
    void aDamagedFileOfGradientsIsComputedAgain() throws IOException {
        double[] fisher = gradients().outputFisher(0, 1);
        Path file = only("fisher-0-1.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));

        assertThat(gradients().outputFisher(0, 1)).containsExactly(fisher);
        assertThat(effort.tokensTrained()).isEqualTo(2 * 16);
    }

    private void enter() {
        stages = ModelStages.open(
                searches.installation(), searches.machine(), "stories260k", compression.layers(), List.of());
        CalibrationStore calibration =
                stages.calibration(compression.calibration(), OptionalInt.empty(), Progress.NONE);
        decompositions = stages.decompositions(
                compression.calibration(), compression.factorization(), calibration, Progress.NONE);
        oracles = stages.oracles().of(compression, decompositions, effort, Progress.NONE);
    }

    private void leave() {
        stages.close();
    }

    /** Starts afresh, with no trial on disk. */
    private void forget() {
        leave();
        try {
            Files.delete(only("trials.jsonl"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        enter();
    }

    private Trials trials() {
        return oracles.trials().get();
    }

    private Gradients gradients() {
        return oracles.gradients().get();
    }

    private MaskObjective masks() {
        return oracles.masks().get();
    }

    private RankPlan plan(int rank) {
        int[] ranks = new int[stages.layers().size()];
        Arrays.fill(ranks, rank);
        return new RankPlan(stages.layers(), ranks);
    }

    private static RankPlan with(RankPlan plan, int layer, int rank) {
        int[] ranks = new int[plan.layers().size()];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = i == layer ? rank : plan.rank(i);
        }
        return new RankPlan(plan.layers(), ranks);
    }

    private List<float[]> ones() {
        return stages.layers().stream()
                .map(Layer::fullRank)
                .map(float[]::new)
                .peek(mask -> Arrays.fill(mask, 1))
                .toList();
    }

    private double[] scored(RankPlan plan) {
        return nll(
                plan, stages.validation(compression.validation().orElseThrow()).sequences());
    }

    /** By the ordinary way: truncated, loaded and scored. */
    private double[] nll(RankPlan plan, List<int[]> sequences) {
        try (Decoder decoder = Decoder.load(
                Compressor.compress(stages.checkpoint(), plan, decompositions),
                searches.machine().backend())) {
            return new Scorer(searches.machine().backend(), Batching.DEFAULT)
                    .score(decoder, TokenRequests.ofWindows(sequences), Progress.NONE, "t").stream()
                            .mapToDouble(answer -> ((Answer.Window) answer).nll())
                            .toArray();
        }
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private Path only(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        }
    }
}
