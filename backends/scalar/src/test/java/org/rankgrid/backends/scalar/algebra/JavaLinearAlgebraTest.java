package org.rankgrid.backends.scalar.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.Availability;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.LinearAlgebraProvider;
import org.rankgrid.testkit.LinearAlgebraContract;

class JavaLinearAlgebraTest extends LinearAlgebraContract {

    @Override
    protected LinearAlgebra open() {
        return new JavaLinearAlgebra();
    }

    @Test
    void isDiscoveredAndAlwaysAvailable() {
        LinearAlgebraProvider provider = ServiceLoader.load(LinearAlgebraProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(p -> p.id().equals("java"))
                .findFirst()
                .orElseThrow();
        assertThat(provider.probe()).isInstanceOf(Availability.Available.class);
        assertThat(provider.preference()).isPositive();
        assertThat(provider.open().description()).isEqualTo(open().description());
    }

    @Test
    void readsOnlyTheLowerTriangleOfASymmetricMatrix() {
        double[] full = {4, 1, 1, 3};
        double[] lower = {4, Double.NaN, 1, 3};
        assertThat(open().symmetricEigen(lower, 2).vectors())
                .containsExactly(open().symmetricEigen(full, 2).vectors());
        assertThat(open().cholesky(lower, 2)).containsExactly(open().cholesky(full, 2));
    }

    @Test
    void productsKeepTheirBitsWhereTheLeftFactorHasMoreRows() {
        double[] b = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.1};
        double[] one = open().multiply(new double[] {0.3, 0.7, 0.1, 0.9, 0.2}, b, 1, 5, 2);
        double[] two = open().multiply(new double[] {0.3, 0.7, 0.1, 0.9, 0.2, 1, 2, 3, 4, 5}, b, 2, 5, 2);
        assertThat(new double[] {two[0], two[1]}).isEqualTo(one);
    }
}
