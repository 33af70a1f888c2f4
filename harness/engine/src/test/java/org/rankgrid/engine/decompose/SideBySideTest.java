package org.rankgrid.engine.decompose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    @Test
    void allPiecesRunSeveralAtOnce() {
        AtomicInteger done = new AtomicInteger();
        CyclicBarrier both = new CyclicBarrier(2);

        SideBySide.run(
                2,
                IntStream.range(0, 6)
                        .<Runnable>mapToObj(i -> () -> {
                            try {
                                both.await();
                            } catch (Exception broken) {
                                throw new IllegalStateException(broken);
                            }
                            done.incrementAndGet();
                        })
                        .toList());

        assertThat(done).hasValue(6);
    }

    @Test
    void theFirstFailureInTheirOrderComesOut() {
        List<Runnable> pieces = List.of(
                () -> {},
                () -> {
                    throw new IllegalArgumentException("second");
                },
                () -> {
                    throw new IllegalStateException("third");
                });

        assertThatThrownBy(() -> SideBySide.run(1, pieces))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("second");
    }
}
