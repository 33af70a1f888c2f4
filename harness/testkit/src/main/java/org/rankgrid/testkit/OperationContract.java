package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.Operations;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;

/** What the contracts of single operations share: an open backend, random values, comparison. */
abstract class OperationContract {

    private final BackendContract contract;
    private Backend backend;
    private Scope scope;

    OperationContract(BackendContract contract) {
        this.contract = contract;
        this.backend = contract.open(2);
        this.scope = backend.scope();
    }

    @AfterEach
    final void closeBackend() {
        scope.close();
        backend.close();
    }

    final BackendContract contract() {
        return contract;
    }

    final Backend backend() {
        return backend;
    }

    final Scope scope() {
        return scope;
    }

    final Operations operations() {
        return backend.operations();
    }

    /** Goes on with a fresh backend on the given number of threads. */
    final void reopen(int threads) {
        closeBackend();
        backend = contract.open(threads);
        scope = backend.scope();
    }

    /** Stops the test here where the backend promises no bits. */
    final void assumeSameBits() {
        assumeTrue(contract.sameBits(), "the backend does not promise the same bits");
    }

    /** Values between -1 and 1. */
    static float[] random(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }

    final float[] download(Tensor tensor) {
        float[] values = new float[tensor.rows() * tensor.columns()];
        backend.download(tensor, 0, tensor.rows(), values);
        return values;
    }

    /** Rows of a row-major matrix. */
    static float[] rows(float[] values, int columns, int first, int count) {
        float[] rows = new float[count * columns];
        System.arraycopy(values, first * columns, rows, 0, rows.length);
        return rows;
    }

    /** Each value within its own bound of what is expected. */
    static void assertWithin(float[] actual, double[] expected, double[] bounds, String what) {
        assertThat(actual).as(what).hasSize(expected.length);
        for (int i = 0; i < actual.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= bounds[i])) {
                throw new AssertionError(what + ": value " + i + " is " + actual[i] + ", expected " + expected[i]
                        + " within " + bounds[i]);
            }
        }
    }

    /** Each value within a bound relative to the larger of what is expected and one. */
    static void assertClose(float[] actual, double[] expected, double tolerance, String what) {
        double[] bounds = new double[expected.length];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = tolerance * Math.max(1, Math.abs(expected[i]));
        }
        assertWithin(actual, expected, bounds, what);
    }
}
