package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.compute.Linear;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Tensor;

/** Two linear layers and their gate in one operation: what the three steps give. */
abstract class GatedContract extends OperationContract {

    GatedContract(BackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 1", "2, 16, 17", "7, 33, 64", "50, 65, 129", "203, 70, 300", "9, 700, 260"})
    void isTheThreeStepsForAnyLayersAndThreads(int t, int n, int m) {
        assumeSameBits();
        float[] x = random(t * n, 1);
        for (int threads = 1; threads <= 3; threads++) {
            reopen(threads);
            for (Linear gate : layers(n, m, 2)) {
                for (Linear up : layers(n, m, 5)) {
                    Tensor input = scope().upload(x, t, n);
                    Tensor expected = scope().tensor(t, m);
                    Tensor factors = scope().tensor(t, m);
                    operations().linear(input, gate, expected);
                    operations().linear(input, up, factors);
                    operations().gate(expected, factors, Activation.SILU);

                    assertThat(gated(x, gate, up, Activation.SILU, t)).isEqualTo(download(expected));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 7, 3, SILU", "5, 20, 40, GELU", "60, 33, 150, GELU_TANH", "100, 48, 64, RELU"})
    void followsItsFormula(int t, int n, int m, Activation activation) {
        float[] x = random(t * n, 1);
        float[] g = random(m * n, 2);
        float[] u = random(m * n, 3);
        float[] actual = gated(x, dense(g, m, n), dense(u, m, n), activation, t);
        double[] expected = new double[t * m];
        double[] bounds = new double[t * m];
        for (int r = 0; r < t; r++) {
            for (int i = 0; i < m; i++) {
                double gate = 0;
                double up = 0;
                for (int j = 0; j < n; j++) {
                    gate += (double) g[i * n + j] * x[r * n + j];
                    up += (double) u[i * n + j] * x[r * n + j];
                }
                expected[r * m + i] = ElementWiseContract.value(activation, gate) * up;
                bounds[r * m + i] = 1e-5 * n;
            }
        }
        assertWithin(actual, expected, bounds, "gated " + activation);
    }

    @Test
    void refusesShapesThatDoNotFit() {
        Linear layer = dense(random(12, 1), 4, 3);
        Tensor x = scope().tensor(2, 3);
        Tensor room = scope().tensor(2, 4);
        Tensor out = scope().tensor(2, 4);
        Linear narrow = dense(random(9, 1), 3, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations().gated(x, layer, narrow, Activation.SILU, room, out))
                .withMessageContaining("2 x 4")
                .withMessageContaining("2 x 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations().gated(x, layer, layer, Activation.SILU, x, out))
                .withMessageContaining("2 x 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations().gated(x, layer, layer, Activation.SILU, out, out))
                .withMessageContaining("same tensor");
    }

    private float[] gated(float[] x, Linear gate, Linear up, Activation activation, int t) {
        Tensor out = scope().tensor(t, gate.rows());
        Tensor room = scope().tensor(t, gate.rows());
        operations().gated(scope().upload(x, t, gate.columns()), gate, up, activation, room, out);
        return download(out);
    }

    /** Dense and in two factors, with a bias and without. */
    private List<Linear> layers(int n, int m, int seed) {
        int k = Math.max(1, Math.min(m, n) / 2);
        return List.of(
                dense(random(m * n, seed), m, n),
                new Linear.LowRank(
                        scope().pack(RowSource.of(random(m * k, seed + 1), m, k)),
                        scope().pack(RowSource.of(random(k * n, seed + 2), k, n)),
                        Optional.of(scope().upload(random(m, seed + 3), 1, m))));
    }

    private Linear dense(float[] weight, int m, int n) {
        return new Linear.Dense(scope().pack(RowSource.of(weight, m, n)), Optional.empty());
    }
}
