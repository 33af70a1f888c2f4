package org.rankgrid.backends.openblas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.Availability;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.BackendProvider;
import org.rankgrid.spi.compute.Linear;
import org.rankgrid.spi.compute.Matrix;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.testkit.BackendContract;

class OpenBlasBackendTest extends BackendContract {

    @Override
    protected Backend open(int threads) {
        OpenBlasProvider provider = new OpenBlasProvider();
        assumeTrue(provider.probe() instanceof Availability.Available, provider.probe()::toString);
        return provider.open(threads);
    }

    /** The library promises nothing about rows in different company. */
    @Override
    protected boolean sameBits() {
        return false;
    }

    @Test
    void threadsChangeNoBit() {
        float[] one = products(1);
        assertThat(products(2)).isEqualTo(one);
        assertThat(products(3)).isEqualTo(one);
    }

    @Test
    void threadsChangeNoBitOfAGradient() {
        float[] one = gradients(1);
        assertThat(gradients(2)).isEqualTo(one);
        assertThat(gradients(3)).isEqualTo(one);
    }

    @Test
    void saysWhatComputes() {
        try (Backend backend = open(3)) {
            assertThat(backend.id()).isEqualTo("openblas");
            assertThat(backend.facts()).containsEntry("threads", "3");
            assertThat(backend.facts().get("sgemm")).contains("OpenBLAS 0.3");
            assertThat(backend.facts().get("determinism")).contains("last bits");
        }
    }

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(BackendProvider.class))
                .anySatisfy(provider -> assertThat(provider.id()).isEqualTo("openblas"));
    }

    private float[] products(int threads) {
        int t = 530;
        int n = 70;
        int m = 1100;
        try (Backend backend = open(threads);
                Scope scope = backend.scope()) {
            Tensor x = scope.upload(random(t * n, 1), t, n);
            Matrix left = scope.pack(RowSource.of(random(m * 33, 2), m, 33));
            Matrix right = scope.pack(RowSource.of(random(33 * n, 3), 33, n));
            Tensor bias = scope.upload(random(m, 4), 1, m);
            Tensor y = scope.tensor(t, m);
            backend.operations().linear(x, new Linear.LowRank(left, right, Optional.of(bias)), y);
            float[] values = new float[t * m];
            backend.download(y, 0, t, values);
            return values;
        }
    }

    /** A gradient of log-probabilities, through two factors, and what it adds to a weight. */
    private float[] gradients(int threads) {
        int t = 530;
        int n = 70;
        int v = 2100;
        try (Backend backend = open(threads);
                Scope scope = backend.scope()) {
            Tensor hidden = scope.upload(random(t * n, 1), t, n);
            Matrix head = scope.pack(RowSource.of(random(v * n, 2), v, n));
            int[] rows = IntStream.range(0, t).toArray();
            Tensor dHidden = scope.tensor(t, n);
            backend.backward().logProbabilities(hidden, rows, rows, 1, head, 0, new double[t], dHidden);
            Matrix left = scope.pack(RowSource.of(random(n * 33, 3), n, 33));
            Matrix right = scope.pack(RowSource.of(random(33 * 600, 4), 33, 600));
            Tensor dx = scope.tensor(t, 600);
            backend.backward().linear(dHidden, new Linear.LowRank(left, right, Optional.empty()), dx);
            Tensor dWeight = scope.upload(new float[n * 600], n, 600);
            backend.backward().accumulateWeight(dHidden, dx, dWeight);
            float[] values = new float[n * 600];
            backend.download(dWeight, 0, n, values);
            return values;
        }
    }

    private static float[] random(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }
}
