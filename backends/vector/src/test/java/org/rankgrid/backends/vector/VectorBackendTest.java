package org.rankgrid.backends.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.Availability;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.Linear;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.testkit.BackendContract;

/** The contract at the machine's own width; the build repeats it at narrower ones. */
class VectorBackendTest extends BackendContract {

    @Override
    protected Backend open(int threads) {
        VectorProvider provider = new VectorProvider();
        assumeTrue(provider.probe() instanceof Availability.Available, provider.probe()::toString);
        return provider.open(threads);
    }

    @Test
    void rowsThatOutgrowTheCachesGiveTheBitsOfFewRows() {
        int t = 400;
        int n = 8192;
        int m = 33;
        float[] x = random(t * n, 1);
        try (Backend backend = open(2);
                Scope scope = backend.scope()) {
            Linear layer = new Linear.Dense(scope.pack(RowSource.of(random(m * n, 2), m, n)), Optional.empty());
            float[] together = product(backend, x, t, layer);
            for (int row = 0; row < t; row += 16) {
                float[] few = product(backend, Arrays.copyOfRange(x, row * n, (row + 16) * n), 16, layer);
                assertArrayEquals(few, Arrays.copyOfRange(together, row * m, (row + 16) * m), "rows from " + row);
            }
        }
    }

    private static float[] product(Backend backend, float[] x, int t, Linear layer) {
        try (Scope scope = backend.scope()) {
            Tensor y = scope.tensor(t, layer.rows());
            backend.operations().linear(scope.upload(x, t, layer.columns()), layer, y);
            float[] values = new float[t * layer.rows()];
            backend.download(y, 0, t, values);
            return values;
        }
    }

    private static float[] random(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }
}
