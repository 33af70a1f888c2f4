package org.rankgrid.backends.scalar;

import org.rankgrid.spi.compute.Backend;
import org.rankgrid.testkit.BackendContract;

class ScalarBackendTest extends BackendContract {

    @Override
    protected Backend open(int threads) {
        return new ScalarProvider().open(threads);
    }

    @Override
    protected double productTolerance() {
        return 6e-8;
    }

    @Override
    protected double elementTolerance() {
        return 2e-7;
    }

    @Override
    protected double logProbabilityTolerance() {
        return 1e-12;
    }
}
