package org.rankgrid.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.grid.TextSample;
import org.rankgrid.engine.run.GridForecast.ModelForecast;
import org.rankgrid.engine.score.Batching;
import org.rankgrid.model.decoder.DecoderSpec;
import org.rankgrid.spi.allocate.MaskObjective;
import org.rankgrid.spi.allocate.Trial;
import org.rankgrid.spi.allocate.Trials;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

class GridForecastTest {

    private static final String GRID = """
            name: forecast
            models: [stories260k]
            calibration: {corpus: tinystories, sequences: 2, length: 16}
            validation: {corpus: tinystories-validation, sequences: 3, length: 12}
            factorizations: [svd]
            allocators: [even, searcher]
            ratios: [0.4, 0.5]
            tasks:
              - {id: tinystories, limit: 1}
            """;

    @TempDir
    private Path folder;

    private Searches searches;

    @BeforeEach
    void open() {
        searches = new Searches(folder);
    }

    @AfterEach
    void close() {
        searches.close();
    }

    @Test
    void everythingThatARunDoesHasAPriceAndATime() {
        ModelForecast forecast = GridForecast.of(plan(), searches.installation(), searches.machine(), Batching.DEFAULT)
                .getFirst();

        assertThat(forecast.forecast().lines())
                .extracting(Forecast.Line::stage)
                .containsExactly(
                        "calibrate",
                        "decompose",
                        "load",
                        "tinystories",
                        "load components",
                        "allocate searcher",
                        "prepare",
                        "warm-up");
        assertThat(forecast.forecast().lines())
                .allSatisfy(
                        line -> assertThat(forecast.seconds(line)).isFinite().isNotNegative());
        assertThat(forecast.atLeast()).isEmpty();
    }

    @Test
    void aSearchIsPricedByWhatItAsksForAndOnlyOnce() {
        GridRun.Outcome outcome = searches.run(GRID, "run");
        long forwarded = outcome.results().stream()
                .mapToLong(cell -> cell.cost().allocation().tokensForwarded())
                .sum();
        assertThat(forwarded).isEqualTo(3 * 3 * 12);

        try (ModelStages stages = stages()) {
            Rehearsal rehearsal = new Rehearsal(stages);
            rehearsal.run(plan().cells());

            Forecast.Line line = rehearsal.lines().getLast();
            double rows = line.work().stream()
                    .filter(work -> work.kind() == Work.Kind.HEAD)
                    .mapToDouble(Work::flops)
                    .sum();
            assertThat(line.stage()).isEqualTo("allocate searcher");
            assertThat(line.times()).isEqualTo(2);
            assertThat(rows).isCloseTo(forwarded * 2.0 * 512 * 64, within(1e-3));
            assertThat(rehearsal.atLeast()).isEmpty();
        }
    }

    @Test
    void whatIsInTheCacheIsLeftOut() {
        searches.run(GRID, "run");

        try (ModelStages stages = stages()) {
            assertThat(Forecast.of(stages, plan().cells(), Batching.DEFAULT).lines())
                    .extracting(Forecast.Line::stage)
                    .containsExactly("load");
        }
    }

    @Test
    void aTrialStartsBehindTheBlocksItShares() {
        try (ModelStages stages = stages()) {
            AskedQuestions asked = asked(stages);
            RankPlan plan = RankPlan.dense(stages.layers());
            int[] ranks = new int[stages.layers().size()];
            for (int i = 0; i < ranks.length; i++) {
                ranks[i] = stages.layers().get(i).block() == 4 ? 5 : RankPlan.DENSE;
            }
            asked.begin(1_000_000_000L);
            asked.trial(plan, 2, false);
            double whole = blocks(asked);
            asked.begin(1_000_000_000L);
            asked.trial(plan, 2, false);
            assertThat(asked.work()).isEmpty();
            asked.begin(1_000_000_000L);
            RankPlan last = new RankPlan(stages.layers(), ranks);
            asked.trial(last, 2, false);

            Price price = new Price(stages.checkpoint().spec(), stages.layers());
            double alone = price.forward((double) last.parameters(), 2 * 12, 12);
            assertThat(whole).isEqualTo(price.forward((double) plan.parameters(), 2 * 12, 12));
            assertThat(blocks(asked)).isCloseTo(alone / 5, within(1.0));
        }
    }

    @Test
    void mostChallengersAreNotScoredToTheEnd() {
        try (ModelStages stages = stages()) {
            TextSample text = new TextSample("tinystories", 16, 12, OptionalLong.empty());
            AskedQuestions asked =
                    new AskedQuestions(new Price(stages.checkpoint().spec(), stages.layers()), 5, text, text);
            asked.begin(10_000_000_000L);
            RankPlan dense = RankPlan.dense(stages.layers());
            Trials trials = new RehearsedStatistics(stages.layers(), dense, asked).trials();
            Trial rival = trials.score(dense, 16, false);
            int[] ranks = new int[stages.layers().size()];
            int complete = 0;
            long sequences = 16;
            for (int rank = 1; rank <= 20; rank++) {
                Arrays.fill(ranks, rank);
                Trial trial = trials.challenge(new RankPlan(stages.layers(), ranks), rival, 2);
                assertThat(trial.complete()).isEqualTo(trial.meanNll() < rival.meanNll());
                complete += trial.complete() ? 1 : 0;
                sequences += trial.nll().length;
            }

            assertThat(complete).isBetween(1, 8);
            double rows = asked.work().stream()
                    .filter(work -> work.kind() == Work.Kind.HEAD)
                    .mapToDouble(Work::flops)
                    .sum();
            assertThat(rows).isCloseTo(sequences * 12 * 2.0 * 512 * 64, within(1e-3));
        }
    }

    @Test
    void aSearchThatNeverEndsIsStopped() {
        try (ModelStages stages = stages()) {
            AskedQuestions asked = asked(stages);
            asked.begin(-1);

            assertThatThrownBy(() -> asked.masks(new MaskObjective.Batch(0, 1, 12)))
                    .isInstanceOf(AskedQuestions.TooManyException.class);
        }
    }

    @Test
    void theFirstBlocksOfAModelAreAModel() {
        try (ModelStages stages = stages()) {
            FirstBlocks first = new FirstBlocks(stages.checkpoint(), 2);
            DecoderSpec spec = first.spec();

            assertThat(spec.blocks()).isEqualTo(2);
            assertThat(spec.hidden()).isEqualTo(stages.checkpoint().spec().hidden());
            assertThat(first.layers())
                    .extracting(Layer::block)
                    .containsOnly(0, 1)
                    .hasSize(14);
        }
    }

    private static double blocks(AskedQuestions asked) {
        return asked.work().stream()
                .filter(work -> work.kind() == Work.Kind.TRIED_BLOCKS)
                .mapToDouble(Work::flops)
                .sum();
    }

    private static AskedQuestions asked(ModelStages stages) {
        TextSample text = new TextSample("tinystories", 2, 12, OptionalLong.empty());
        return new AskedQuestions(new Price(stages.checkpoint().spec(), stages.layers()), 5, text, text);
    }

    private ModelStages stages() {
        GridPlan plan = plan();
        return ModelStages.open(
                searches.installation(),
                searches.machine(),
                "stories260k",
                plan.grid().layers(),
                List.of());
    }

    private GridPlan plan() {
        return GridPlan.of(searches.grid(GRID), searches.installation(), searches.machine());
    }
}
