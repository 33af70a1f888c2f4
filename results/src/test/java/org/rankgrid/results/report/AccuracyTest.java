package org.rankgrid.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AccuracyTest {

    @Test
    void readsValueDifferenceAndReachInOneGlance() {
        assertThat(accuracy(0.435, -0.02, 0.0305).text()).isEqualTo("43.5 -2.0±3.1");
        assertThat(accuracy(1, 0.1234, 0.02).text()).isEqualTo("100.0 +12.3±2.0");
        assertThat(accuracy(0.435, -0.0001, 0.01).text()).isEqualTo("43.5 0.0±1.0");
        assertThat(new Accuracy(0.435, OptionalDouble.empty(), Optional.empty()).text())
                .isEqualTo("43.5");
        assertThat(new Accuracy(0.435, OptionalDouble.of(0.01), Optional.empty()).text())
                .isEqualTo("43.5 +1.0");
    }

    @Test
    void noDifferenceIsShownAsCertain() {
        assertThat(accuracy(0.25, 0, 0.0002).text()).isEqualTo("25.0 0.0±0.1");
    }

    @Test
    void aMiddleNearerToZeroIsCoveredToo() {
        AccuracyDifference shifted = new AccuracyDifference(-0.2, -0.19, 0, 0.03, 20);

        assertThat(new Accuracy(0.4, OptionalDouble.of(-0.2), Optional.of(shifted)).text())
                .isEqualTo("40.0 -20.0±4.0");
    }

    @Test
    void aMeanHasAnIntervalWhereAllHaveOne() {
        Accuracy paired = accuracy(0.5, -0.1, 0.02);
        Accuracy unpaired = new Accuracy(0.3, OptionalDouble.of(-0.3), Optional.empty());
        Accuracy alone = new Accuracy(0.1, OptionalDouble.empty(), Optional.empty());

        assertThat(Accuracy.mean(List.of(paired, paired)).paired()).isPresent();
        assertThat(Accuracy.mean(List.of(paired, unpaired)).text()).isEqualTo("40.0 -20.0");
        assertThat(Accuracy.mean(List.of(paired, alone)).text()).isEqualTo("30.0");
    }

    private static Accuracy accuracy(double value, double difference, double error) {
        return new Accuracy(
                value,
                OptionalDouble.of(difference),
                Optional.of(new AccuracyDifference(difference, difference, 0, error, 100)));
    }
}
