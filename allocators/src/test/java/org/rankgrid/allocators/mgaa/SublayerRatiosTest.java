package org.rankgrid.allocators.mgaa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rankgrid.allocators.golden.Golden;
import org.rankgrid.allocators.golden.Golden.Row;
import org.rankgrid.allocators.mgaa.SublayerRatios.Rule;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.rank.Sublayer;

class SublayerRatiosTest {

    private static final double[] MICRO = {0.90, 0.95, 0.97, 0.98};

    @Test
    void reproducesTheMicroTest() {
        assertThat(SublayerRatios.of(0.2, sublayers(4, 8, 4, 8), MICRO, rule(0.35, Correction.SHIFT)))
                .containsExactly(new double[] {0.075090, 0.188645, 0.234066, 0.256777}, within(5e-7));
        assertThat(SublayerRatios.of(0.2, sublayers(4, 8, 4, 8), MICRO, rule(0.35, Correction.SCALE)))
                .containsExactly(new double[] {0.081801, 0.189255, 0.232236, 0.253727}, within(5e-7));
    }

    @Test
    void correctionOfFeedForwardLeavesAttentionAsItWas() {
        double[] ratios = SublayerRatios.of(0.2, sublayers(4, 8, 4, 8), MICRO, rule(0.35, Correction.FFN));
        // Raw ratios 0.086445, 0.2, 0.245422, 0.268133 average 0.2113555; beta is 2.
        double shift = (0.2 - 0.2113555) * 24 / 16;
        assertThat(ratios)
                .containsExactly(new double[] {0.086445, 0.2 + shift, 0.245422, 0.268133 + shift}, within(2e-6));
    }

    @Test
    void aBetaOfTheModelIsNoOverrideAndAnotherOneMovesTheShare() {
        double[] own = SublayerRatios.of(0.2, sublayers(4, 8, 4, 8), MICRO, rule(0.35, Correction.FFN));
        Rule stated = new Rule(0.35, false, false, Correction.FFN, 2, 0.95);
        assertThat(SublayerRatios.of(0.2, sublayers(4, 8, 4, 8), MICRO, stated)).containsExactly(own, within(1e-15));
        Rule wrong = new Rule(0.35, false, false, Correction.FFN, 0.5, 0.95);
        double[] moved = SublayerRatios.of(0.2, sublayers(4, 8, 4, 8), MICRO, wrong);
        assertThat(moved[1] - moved[0]).isNotCloseTo(own[1] - own[0], within(1e-6));
        assertThat(mean(moved, 4, 8, 4, 8)).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void scoresPerTypeNeedNoCorrection() {
        Rule perType = new Rule(0.35, true, false, Correction.SHIFT, 0, 0.95);
        double[] ratios = SublayerRatios.of(0.2, sublayers(4, 8, 4, 8), MICRO, perType);
        // Two values of a type always score -1 and 1.
        assertThat(ratios).containsExactly(new double[] {0.13, 0.13, 0.27, 0.27}, within(1e-12));
    }

    @Test
    void whatClippingLeavesIsSpreadOverThoseInside() {
        // Scores -sqrt(3) once and 1 / sqrt(3) three times; alpha 1 sends the first below 0.
        double[] similarities = {0.1, 0.9, 0.9, 0.9};
        double[] ratios = SublayerRatios.of(0.2, sublayers(4, 8, 4, 8), similarities, rule(1, Correction.SCALE));
        assertThat(ratios[0]).isZero();
        assertThat(ratios[1]).isCloseTo(0.2 * 24 / 20, within(1e-12));
        assertThat(mean(ratios, 4, 8, 4, 8)).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void nobodyLosesMoreThanTheLargestRatio() {
        double[] ratios = SublayerRatios.of(0.9, sublayers(4, 8, 4, 8), MICRO, rule(0.35, Correction.SHIFT));
        assertThat(Arrays.stream(ratios).max().orElseThrow()).isEqualTo(0.95);
        assertThat(mean(ratios, 4, 8, 4, 8)).isCloseTo(0.9, within(1e-12));
        assertThat(SublayerRatios.of(0.97, sublayers(4, 8, 4, 8), MICRO, rule(0.35, Correction.SHIFT)))
                .containsOnly(0.95);
    }

    @Test
    void ratioZeroRemovesNothing() {
        for (Correction correction : Correction.values()) {
            assertThat(SublayerRatios.of(0, sublayers(4, 8, 4, 8), MICRO, rule(0.35, correction)))
                    .containsOnly(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void meetsTheTargetAndRisesWithSimilarity(Correction correction) {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            int blocks = 2 + random.nextInt(6);
            long[] parameters = new long[2 * blocks];
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] = i % 2 == 0 ? 1000 : 3000;
            }
            double[] similarities = random.doubles(parameters.length, 0.5, 1).toArray();
            double target = 0.05 + 0.6 * random.nextDouble();
            double[] ratios = SublayerRatios.of(target, sublayers(parameters), similarities, rule(0.35, correction));
            assertThat(mean(ratios, parameters)).isCloseTo(target, within(1e-9));
            for (int i = 0; i < ratios.length; i++) {
                for (int j = i % 2; j < ratios.length; j += 2) {
                    // Within a type; across types the correction of feed-forward may change the order.
                    if (similarities[i] > similarities[j]) {
                        assertThat(ratios[i]).isGreaterThanOrEqualTo(ratios[j]);
                    }
                }
            }
        }
    }

    static List<Row> tiltedRows() {
        return Golden.load().rows().stream()
                .filter(row -> row.allocator().equals("mgaa") && !row.options().has("between"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("tiltedRows")
    void ratiosAreThoseOfTheReference(Row row) {
        Golden golden = Golden.load();
        List<SublayerLayers> sublayers = SublayerLayers.of(golden.layers());
        boolean branch = row.options().has("sim");
        double[] similarities = sublayers.stream()
                .map(place -> golden.sublayer(place.block(), place.sublayer()))
                .mapToDouble(similarity -> branch ? similarity.branch() : similarity.residual())
                .toArray();
        Rule rule = new Rule(
                row.options().get("alpha").doubleValue(),
                row.options().has("group"),
                row.options().has("robust"),
                row.options().has("fix")
                        ? Correction.valueOf(
                                row.options().get("fix").stringValue().toUpperCase(Locale.ROOT))
                        : Correction.SHIFT,
                0,
                0.95);
        assertThat(SublayerRatios.of(row.budget().ratio().doubleValue(), sublayers, similarities, rule))
                .containsExactly(row.sublayerRatios(), within(1e-12));
    }

    @Test
    void tellsWhenACorrectionCannotWork() {
        double[] similarities = {0.99, 0.2, 0.98, 0.3};
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(
                        () -> SublayerRatios.of(0.2, sublayers(1, 90, 1, 90), similarities, rule(8, Correction.SCALE)))
                .withMessageContaining("correction 'scale' cannot bring to 0.2: use a smaller alpha");
        List<SublayerLayers> attention = List.of(
                new SublayerLayers(0, Sublayer.ATTENTION, List.of(0), 4),
                new SublayerLayers(1, Sublayer.ATTENTION, List.of(1), 4));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(
                        () -> SublayerRatios.of(0.2, attention, new double[] {0.8, 0.9}, rule(0.35, Correction.FFN)))
                .withMessageContaining("needs feed-forward layers");
    }

    private static Rule rule(double alpha, Correction correction) {
        return new Rule(alpha, false, false, correction, 0, 0.95);
    }

    /** Attention and feed-forward in turns. */
    private static List<SublayerLayers> sublayers(long... parameters) {
        List<SublayerLayers> sublayers = new ArrayList<>();
        for (int i = 0; i < parameters.length; i++) {
            sublayers.add(new SublayerLayers(
                    i / 2, i % 2 == 0 ? Sublayer.ATTENTION : Sublayer.FEED_FORWARD, List.of(i), parameters[i]));
        }
        return sublayers;
    }

    private static double mean(double[] ratios, long... parameters) {
        double removed = 0;
        double all = 0;
        for (int i = 0; i < ratios.length; i++) {
            removed += ratios[i] * parameters[i];
            all += parameters[i];
        }
        return removed / all;
    }
}
