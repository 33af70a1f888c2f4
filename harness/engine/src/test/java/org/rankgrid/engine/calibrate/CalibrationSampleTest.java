package org.rankgrid.engine.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.InputException;

class CalibrationSampleTest {

    private static final int[] STREAM = IntStream.range(0, 1000).toArray();

    @Test
    void offsetsAreThoseOfPythonsRandom() {
        CalibrationSample sample = CalibrationSample.draw("c", STREAM, 5, 16, 2, 3);

        // random.Random(3).randrange(1000 - 16 + 1), five times.
        assertThat(sample.offsets()).containsExactly(243, 606, 557, 133, 378);
        assertThat(sample.sequences().get(1)).hasSize(16).startsWith(sample.offsets()[1]);
        assertThat(sample.tokens()).isEqualTo(80);
    }

    @Test
    void groupsAreConsecutiveAndOfEqualShares() {
        assertThat(CalibrationSample.draw("c", STREAM, 6, 4, 3, 0).groups()).containsExactly(0, 0, 1, 1, 2, 2);
        assertThat(CalibrationSample.draw("c", STREAM, 5, 4, 2, 0).groups()).containsExactly(0, 0, 0, 1, 1);
        assertThat(CalibrationSample.draw("c", STREAM, 2, 4, 32, 0).groupCount())
                .isEqualTo(2);
    }

    @Test
    void aStreamAsLongAsASequenceIsEnough() {
        assertThat(CalibrationSample.draw("c", STREAM, 2, 1000, 1, 0).offsets()).containsExactly(0, 0);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> CalibrationSample.draw("c", STREAM, 2, 1001, 1, 0))
                .withMessageContainingAll("corpus c has 1000 tokens", "1001");
    }
}
