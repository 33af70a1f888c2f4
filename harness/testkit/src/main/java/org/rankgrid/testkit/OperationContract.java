package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.BackwardOperations;
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

    final BackwardOperations backward() {
        return backend.backward();
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

    static double[] doubles(float[] values) {
        double[] widened = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            widened[i] = values[i];
        }
        return widened;
    }

    /** Sum of the products of corresponding values: a loss whose gradient with respect to {@code b} is {@code a}. */
    static double dot(float[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
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

    /** Each value within a bound relative to the largest magnitude expected of any. */
    static void assertCloseToLargest(float[] actual, double[] expected, double tolerance, String what) {
        double largest = 0;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        double[] bounds = new double[expected.length];
        Arrays.fill(bounds, tolerance * largest);
        assertWithin(actual, expected, bounds, what);
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
