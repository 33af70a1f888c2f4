package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.Linear;
import org.rankgrid.spi.compute.Matrix;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.ProductSums;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Tensor;

/** The same call again and again, while a JIT compiles what was interpreted at first. */
abstract class RepetitionContract extends OperationContract {

    private static final int REPETITIONS = 150;
    private static final int T = 64;
    private static final int N = 34;
    private static final int V = 70;

    RepetitionContract(BackendContract contract) {
        super(contract);
    }

    @Test
    void compilingWhileRunningChangesNoBit() {
        assumeSameBits();
        Tensor x = scope().upload(random(T * N, 1), T, N);
        Tensor weight = scope().upload(random(N, 2), 1, N);
        Matrix square = scope().pack(RowSource.of(random(N * N, 3), N, N));
        Matrix head = scope().pack(RowSource.of(random(V * N, 4), V, N));
        Linear layer = new Linear.Dense(square, Optional.empty());
        AttentionShape shape = new AttentionShape(2, 2, 17, 0.2, 0, 30);
        PackedSequences batch = PackedSequences.ofLengths(T - 5, 5);
        int[] rows = new int[T];
        for (int i = 0; i < T; i++) {
            rows[i] = i;
        }
        float[] first = {};
        double[] firstLogProbabilities = {};
        double[] firstCosines = {};
        for (int i = 0; i < REPETITIONS; i++) {
            Tensor a = scope().tensor(T, N);
            Tensor b = scope().tensor(T, N);
            operations().rmsNorm(x, weight, 1e-5, a);
            operations().linear(a, layer, b);
            operations().layerNorm(b, weight, weight, 1e-5, a);
            Tensor attended = scope().tensor(T, N);
            operations().attention(a, b, x, shape, batch, attended);
            operations().gate(a, attended, Activation.GELU);
            operations().activate(a, Activation.SILU);
            double[] logProbabilities = new double[T];
            double[] cosines = new double[T];
            operations().logProbabilities(a, rows, rows, head, 20, logProbabilities, new int[T]);
            operations().cosines(a, x, cosines);
            if (i == 0) {
                first = download(a);
                firstLogProbabilities = logProbabilities;
                firstCosines = cosines;
            }
            assertThat(download(a)).isEqualTo(first);
            assertThat(logProbabilities).isEqualTo(firstLogProbabilities);
            assertThat(cosines).isEqualTo(firstCosines);
        }
    }

    @Test
    void compilingBackwardKernelsWhileRunningChangesNoBit() {
        assumeSameBits();
        Tensor x = scope().upload(random(T * N, 1), T, N);
        Tensor weight = scope().upload(random(N, 2), 1, N);
        Linear layer = new Linear.Dense(scope().pack(RowSource.of(random(N * N, 3), N, N)), Optional.empty());
        Matrix head = scope().pack(RowSource.of(random(V * N, 4), V, N));
        PackedSequences batch = PackedSequences.ofLengths(T - 5, 5);
        int[] rows = new int[T];
        for (int i = 0; i < T; i++) {
            rows[i] = i;
        }
        float[] first = {};
        double[] firstDivergences = {};
        double[] firstProducts = {};
        for (int i = 0; i < REPETITIONS; i++) {
            Tensor a = scope().tensor(T, N);
            Tensor b = scope().tensor(T, N);
            backward().logProbabilities(x, rows, rows, 0.5, head, 20, new double[T], a);
            backward().rmsNorm(x, weight, 1e-5, a, a);
            backward().linear(a, layer, b);
            backward().gate(x, a, Activation.GELU, b, a, b);
            backward().activate(x, Activation.SILU, b);
            backward().layerNorm(x, weight, 1e-5, b, b);
            float[] gradients = backwardAttention(x, a, b, batch);
            ProductSums sums = scope().productSums(N);
            backward().accumulate(a, b, batch, sums);
            double[] divergences = new double[T];
            operations().divergences(b, x, head, 20, divergences);
            double[] products = backward().values(sums).squaredSequenceProducts();
            if (i == 0) {
                first = gradients;
                firstDivergences = divergences;
                firstProducts = products;
            }
            assertThat(gradients).isEqualTo(first);
            assertThat(divergences).isEqualTo(firstDivergences);
            assertThat(products).isEqualTo(firstProducts);
        }
    }

    private float[] backwardAttention(Tensor x, Tensor a, Tensor b, PackedSequences batch) {
        AttentionShape shape = new AttentionShape(2, 2, 17, 0.2, 0, 30);
        Tensor dQuery = scope().tensor(T, N);
        Tensor dKey = scope().tensor(T, N);
        Tensor dValue = scope().tensor(T, N);
        backward().attention(x, a, b, shape, batch, x, dQuery, dKey, dValue);
        Tensor squares = scope().upload(new float[N * N], N, N);
        backward().accumulateWeight(dQuery, dKey, squares);
        Tensor into = scope().upload(new float[T * N], T, N);
        backward()
                .linear(
                        dValue,
                        new Linear.Dense(scope().pack(RowSource.of(download(squares), N, N)), Optional.empty()),
                        into);
        return download(into);
    }
}
