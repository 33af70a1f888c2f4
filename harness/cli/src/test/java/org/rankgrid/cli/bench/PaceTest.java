package org.rankgrid.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void workRunsOnceUnwatchedAndOnceWatchedAtLeast() {
        AtomicInteger runs = new AtomicInteger();
        assertThat(Pace.seconds(runs::incrementAndGet, Duration.ZERO, Duration.ZERO))
                .isGreaterThanOrEqualTo(0);
        assertThat(runs).hasValue(2);
    }
}
