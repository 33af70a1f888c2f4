package org.rankgrid.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelDensityTest {

    @Test
    void theGradientIsThatOfCentralDifferences() {
        List<double[]> points = List.of(
                new double[] {0.1, 0.5}, new double[] {0.4, 0.2}, new double[] {0.9, 0.7}, new double[] {0.6, 0.6});
        KernelDensity density = new KernelDensity(points, new double[] {-1.2, 0.3, 1.4, -0.5});
        double[] at = {0.4, -0.7, -0.2, -4.6};
        double[] gradient = new double[4];
        density.negative(at, gradient);
        for (int d = 0; d < at.length; d++) {
            double[] above = at.clone();
            double[] below = at.clone();
            above[d] += 1e-5;
            below[d] -= 1e-5;
            double slope = (density.negative(above, new double[4]) - density.negative(below, new double[4])) / 2e-5;
            assertThat(gradient[d]).isCloseTo(slope, within(1e-6));
        }
    }

    @Test
    void logarithmsAndKernelsGoThereAndBack() {
        KernelParameters kernel = new KernelParameters(1.5, new double[] {0.2, 3}, 1e-3);
        KernelParameters back = KernelDensity.kernel(KernelDensity.logarithms(kernel));
        assertThat(back.signal()).isCloseTo(1.5, within(1e-14));
        assertThat(back.lengthScales()).containsExactly(new double[] {0.2, 3}, within(1e-14));
        assertThat(back.noise()).isCloseTo(1e-3, within(1e-16));
    }

    @Test
    void thePriorsAreThoseOfOpenBox() {
        // LognormalPrior(0, 1) at 2: -(ln 2)^2 / 2 - ln 2 - ln(2 pi) / 2; HorseshoePrior(0.1) at 0.1: ln(ln 4).
        double prior = KernelDensity.logPrior(new KernelParameters(2, new double[] {1}, 0.1));
        assertThat(prior).isCloseTo(-0.2402265 - 0.6931472 - 0.9189385 + 0.3266343, within(1e-6));
    }
}
