package org.rankgrid.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.rankgrid.numerics.BoxDescent.Minimum;

class BoxDescentTest {

    @Test
    void walksDownTheValleyOfRosenbrock() {
        Minimum minimum = BoxDescent.from(
                new double[] {-1.2, 1}, new double[] {-5, -5}, new double[] {5, 5}, 200, BoxDescentTest::rosenbrock);
        assertThat(minimum.point()).containsExactly(new double[] {1, 1}, within(1e-3));
        assertThat(minimum.value()).isLessThan(1e-6);
    }

    @Test
    void stopsAtTheWallWhereTheMinimumLiesBehindIt() {
        Minimum minimum = BoxDescent.from(
                new double[] {0.3, 0.3}, new double[] {0, 0}, new double[] {0.5, 1}, 100, (x, gradient) -> {
                    gradient[0] = 2 * (x[0] - 2) + (x[1] - 0.4);
                    gradient[1] = 8 * (x[1] - 0.4) + (x[0] - 2);
                    return (x[0] - 2) * (x[0] - 2) + 4 * (x[1] - 0.4) * (x[1] - 0.4) + (x[0] - 2) * (x[1] - 0.4);
                });
        // Along the wall x = 0.5 the derivative 8 (y - 0.4) - 1.5 vanishes at 0.5875.
        assertThat(minimum.point()).containsExactly(new double[] {0.5, 0.5875}, within(1e-4));
    }

    @Test
    void clipsItsStartAndStaysWhereNothingLeadsDown() {
        Minimum minimum = BoxDescent.from(new double[] {9}, new double[] {-1}, new double[] {1}, 10, (x, gradient) -> {
            gradient[0] = -1;
            return -x[0];
        });
        assertThat(minimum.point()).containsExactly(1);
        assertThat(minimum.value()).isEqualTo(-1);
    }

    private static double rosenbrock(double[] x, double[] gradient) {
        double across = x[1] - x[0] * x[0];
        gradient[0] = -400 * x[0] * across - 2 * (1 - x[0]);
        gradient[1] = 200 * across;
        return 100 * across * across + (1 - x[0]) * (1 - x[0]);
    }
}
