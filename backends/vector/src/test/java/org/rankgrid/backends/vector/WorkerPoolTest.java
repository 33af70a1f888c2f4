package org.rankgrid.backends.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerPoolTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void everyTaskIsDoneOnceByAThreadOfThePool(int threads) {
        try (WorkerPool pool = new WorkerPool(threads)) {
            assertThat(pool.threads()).isEqualTo(threads);
            for (int tasks = 0; tasks < 200; tasks++) {
                AtomicIntegerArray times = new AtomicIntegerArray(tasks);
                AtomicIntegerArray workers = new AtomicIntegerArray(threads);
                pool.run(tasks, (task, worker) -> {
                    times.incrementAndGet(task);
                    workers.incrementAndGet(worker);
                });
                for (int task = 0; task < tasks; task++) {
                    assertThat(times.get(task)).isEqualTo(1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whatATaskThrowsIsThrownToTheCaller(int threads) {
        try (WorkerPool pool = new WorkerPool(threads)) {
            for (int round = 0; round < 50; round++) {
                int bad = round;
                assertThatThrownBy(() -> pool.run(50, (task, worker) -> {
                            if (task == bad) {
                                throw new IllegalArgumentException("task " + bad);
                            }
                        }))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("task " + bad);
            }
            pool.run(2, (task, worker) -> {});
        }
    }

    @Test
    void aClosedPoolRefusesWork() {
        WorkerPool pool = new WorkerPool(2);
        pool.close();
        assertThatIllegalStateException().isThrownBy(() -> pool.run(1, (task, worker) -> {}));
    }
}
