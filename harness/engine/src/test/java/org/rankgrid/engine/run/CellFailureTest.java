package org.rankgrid.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rankgrid.engine.score.NonFiniteException;
import org.rankgrid.results.cell.Outcome;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.compute.DecompositionException;

class CellFailureTest {

    @Test
    void everyKindOfFailureHasItsWord() {
        assertThat(of(new InputException("the file is cut off")))
                .isEqualTo(new Outcome.Failed("input", "task t: the file is cut off"));
        assertThat(of(new NonFiniteException("overflow")))
                .isEqualTo(new Outcome.Failed("numerics", "task t: overflow"));
        assertThat(of(new DecompositionException("not positive definite")))
                .isEqualTo(new Outcome.Failed("numerics", "task t: not positive definite"));
        assertThat(of(new StackOverflowError()))
                .isEqualTo(new Outcome.Failed("plugin", "task t failed with StackOverflowError"));
        assertThat(of(new OutOfMemoryError("Java heap space")).error()).contains("Java heap space", "-Xmx");
    }

    @Test
    void aMessageOfForeignCodeBecomesOneLineOfBoundedLength() {
        assertThat(of(new IllegalStateException("one\n\ttwo\u001b[31m three ")).error())
                .isEqualTo("task t failed with IllegalStateException: one two [31m three");
        assertThat(of(new IllegalStateException("x".repeat(100_000))).error()).hasSizeLessThan(1100);
    }

    private static Outcome.Failed of(Throwable failure) {
        return CellFailure.of("task t", failure);
    }
}
