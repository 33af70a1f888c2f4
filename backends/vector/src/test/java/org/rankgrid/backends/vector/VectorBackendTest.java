package org.rankgrid.backends.vector;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.rankgrid.spi.Availability;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.testkit.BackendContract;

/** The contract at the machine's own width; the build repeats it at narrower ones. */
class VectorBackendTest extends BackendContract {

    @Override
    protected Backend open(int threads) {
        VectorProvider provider = new VectorProvider();
        assumeTrue(provider.probe() instanceof Availability.Available, provider.probe()::toString);
        return provider.open(threads);
    }
}
