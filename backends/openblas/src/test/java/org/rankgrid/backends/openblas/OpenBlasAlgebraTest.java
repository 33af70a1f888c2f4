package org.rankgrid.backends.openblas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.Availability;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.LinearAlgebraProvider;
import org.rankgrid.testkit.LinearAlgebraContract;

class OpenBlasAlgebraTest extends LinearAlgebraContract {

    @Override
    protected LinearAlgebra open() {
        Availability availability = new OpenBlasAlgebraProvider().probe();
        assumeTrue(availability instanceof Availability.Available, availability::toString);
        return new OpenBlasAlgebraProvider().open();
    }

    @Test
    void isDiscoveredAndPreferredToJava() {
        assertThat(ServiceLoader.load(LinearAlgebraProvider.class))
                .extracting(LinearAlgebraProvider::id)
                .contains("openblas", "java");
        int java = ServiceLoader.load(LinearAlgebraProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.id().equals("java"))
                .findFirst()
                .orElseThrow()
                .preference();
        assertThat(new OpenBlasAlgebraProvider().preference()).isGreaterThan(java);
    }

    @Test
    void saysVersionAndKernel() {
        String description = open().description();
        assertThat(description).startsWith("openblas: ");
        assumeTrue(System.getenv("RANKGRID_OPENBLAS") == null, "another library is named");
        assertThat(description).contains("OpenBLAS 0.3", "core ");
        assertThat(new OpenBlasAlgebraProvider().probe().toString()).contains("OpenBLAS 0.3", "core ");
    }

    @Test
    void readsOnlyTheLowerTriangleOfASymmetricMatrix() {
        double[] lower = {4, Double.NaN, 1, 3};
        assertThat(open().symmetricEigen(lower, 2).values())
                .containsExactly(
                        open().symmetricEigen(new double[] {4, 1, 1, 3}, 2).values());
        assertThat(open().cholesky(lower, 2)).containsExactly(open().cholesky(new double[] {4, 1, 1, 3}, 2));
    }
}
