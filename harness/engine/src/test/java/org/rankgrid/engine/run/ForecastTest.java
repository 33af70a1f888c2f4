package org.rankgrid.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.rankgrid.engine.Progress;

class ForecastTest {

    private static final Forecast FORECAST =
            new Forecast(List.of(line("calibrate", 1, 100, 5e9), line("t", 3, 300, 3e8)));

    @Test
    void operationsAreSummed() {
        assertThat(FORECAST.flops()).isEqualTo(5.3e9);
        assertThat(FORECAST.megaFlops()).isEqualTo(5300);
    }

    @Test
    void everyKindOfWorkTakesItsOwnTime() {
        SequencedMap<Speeds.Measured, Double> measured = new LinkedHashMap<>();
        measured.put(new Speeds.Measured(Work.Kind.DENSE_BLOCKS, 64), 1e9);
        measured.put(new Speeds.Measured(Work.Kind.HEAD, 0), 2e9);
        Speeds speeds = new Speeds(measured, 3);

        assertThat(speeds.seconds(FORECAST.lines().getFirst().work())).isEqualTo(5.0 + 7);
        assertThat(speeds.seconds(List.of(new Work(Work.Kind.HEAD, 0, 1e9)))).isEqualTo(0.5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> speeds.seconds(List.of(new Work(Work.Kind.DENSE_BLOCKS, 128, 1))))
                .withMessageContaining("DENSE_BLOCKS");
    }

    @Test
    void unitsOfAStageMoveTheWholeByTheirPrice() {
        Recorder outer = new Recorder();
        List<Long> inner = new ArrayList<>();
        Progress metered = FORECAST.metered(
                (title, total, unit) -> {
                    Recorder step = new Recorder();
                    inner.add(total);
                    return step;
                },
                outer);

        try (Progress.Step calibrate = metered.begin("calibrate", 100, "block tokens")) {
            calibrate.advance(50);
            assertThat(outer.sum).isEqualTo(2500);
            calibrate.advance(50);
        }
        try (Progress.Step task = metered.begin("t", 100, "tokens")) {
            for (int i = 0; i < 100; i++) {
                task.advance(1);
            }
        }
        try (Progress.Step unknown = metered.begin("something else", 1, "things")) {
            unknown.advance(1);
        }

        assertThat(outer.sum).isEqualTo(5100);
        assertThat(inner).containsExactly(100L, 100L, 1L);
    }

    @Test
    void fractionsOfAnOperationAreNotLost() {
        Recorder outer = new Recorder();
        Forecast forecast = new Forecast(List.of(line("t", 1, 1000, 1e8)));

        try (Progress.Step task = forecast.metered(Progress.NONE, outer).begin("t", 1000, "tokens")) {
            for (int i = 0; i < 1000; i++) {
                task.advance(1);
            }
        }

        assertThat(outer.sum).isBetween(99L, 100L);
    }

    private static Forecast.Line line(String stage, int times, long units, double flops) {
        return new Forecast.Line(
                stage,
                times,
                units,
                units,
                List.of(new Work(Work.Kind.DENSE_BLOCKS, 64, flops), new Work(Work.Kind.TIME, 0, 7)),
                0,
                0);
    }

    private static final class Recorder implements Progress.Step {

        private long sum;

        @Override
        public void advance(long units) {
            sum += units;
        }

        @Override
        public void close() {}
    }
}
