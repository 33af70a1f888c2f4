package org.rankgrid.engine.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OverlapTest {

    private static final int[] CALIBRATION =
            IntStream.range(0, 300).map(i -> i * i % 511).toArray();

    private static final Overlap OVERLAP = new Overlap(List.of(CALIBRATION));

    @Test
    void aWindowThatSharesEnoughTokensOverlaps() {
        int[] shares = IntStream.concat(IntStream.of(9, 9, 9), Arrays.stream(CALIBRATION, 100, 100 + Overlap.TOKENS))
                .toArray();
        int[] whole = CALIBRATION.clone();

        assertThat(OVERLAP.with(shares)).isTrue();
        assertThat(OVERLAP.with(whole)).isTrue();
    }

    @Test
    void oneTokenLessIsChance() {
        int[] almost = Arrays.copyOfRange(CALIBRATION, 100, 100 + Overlap.TOKENS - 1);
        int[] broken = Arrays.copyOfRange(CALIBRATION, 0, Overlap.TOKENS + 1);
        broken[Overlap.TOKENS / 2] = 511;

        assertThat(List.of(almost, broken, new int[0])).noneMatch(OVERLAP::with);
    }
}
