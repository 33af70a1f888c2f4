package org.rankgrid.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rankgrid.engine.Progress;

class ForecastTest {

    private static final Forecast FORECAST = new Forecast(List.of(
            new Forecast.Line("calibrate", 1, 100, 20, 5e9, 0, 0), new Forecast.Line("t", 3, 300, 300, 3e8, 0, 0)));

    @Test
    void operationsAreSummed() {
        assertThat(FORECAST.flops()).isEqualTo(5.3e9);
        assertThat(FORECAST.megaFlops()).isEqualTo(5300);
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
        Forecast forecast = new Forecast(List.of(new Forecast.Line("t", 1, 1000, 1000, 1e8, 0, 0)));

        try (Progress.Step task = forecast.metered(Progress.NONE, outer).begin("t", 1000, "tokens")) {
            for (int i = 0; i < 1000; i++) {
                task.advance(1);
            }
        }

        assertThat(outer.sum).isBetween(99L, 100L);
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
