package org.rankgrid.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GaussianProcessTest {

    private static final KernelParameters KERNEL = new KernelParameters(1.5, new double[] {0.4, 0.7}, 0.01);

    @Test
    void theMaternKernelHasItsClosedForm() {
        double[] unit = {1};
        double s = Math.sqrt(5) * 0.3;
        assertThat(Matern.correlation(new double[] {0.2}, new double[] {0.5}, unit))
                .isCloseTo((1 + s + s * s / 3) * Math.exp(-s), within(1e-15));
        assertThat(Matern.correlation(new double[] {0.2}, new double[] {0.2}, unit))
                .isEqualTo(1);
        // Only distance over scale counts, and axes add as squares: 0.3/0.1 and 0.8/0.2 make 5.
        double[] scales = {0.1, 0.2};
        assertThat(Matern.correlation(new double[] {0.3, 0}, new double[] {0, 0.8}, scales))
                .isCloseTo(Matern.correlation(new double[] {0}, new double[] {5}, unit), within(1e-15));
    }

    @Test
    void onePointSaysHowFarItReaches() {
        double[] point = {0.5, 0.5};
        GaussianProcess process = GaussianProcess.of(List.of(point), new double[] {3}, KERNEL);
        double[] other = {0.1, 0.9};
        double shared = 1.5 * Matern.correlation(point, other, KERNEL.lengthScales());
        assertThat(process.predict(other).mean()).isCloseTo(3, within(1e-15));
        assertThat(process.predict(other).deviation())
                .isCloseTo(Math.sqrt(1.5 - shared * shared / 1.51), within(1e-14));
        assertThat(process.logMarginalLikelihood())
                .isCloseTo(-0.5 * Math.log(1.51) - 0.5 * Math.log(2 * Math.PI), within(1e-14));
    }

    @Test
    void twoPointsHaveTheClosedFormOfATwoByTwoInverse() {
        double[] first = {0.2, 0.1};
        double[] second = {0.6, 0.4};
        double[] at = {0.3, 0.5};
        GaussianProcess process = GaussianProcess.of(List.of(first, second), new double[] {10, 14}, KERNEL);
        // Standardised, 10 and 14 are -1 and 1.
        double diagonal = 1.51;
        double off = 1.5 * Matern.correlation(first, second, KERNEL.lengthScales());
        double determinant = diagonal * diagonal - off * off;
        double a = 1.5 * Matern.correlation(at, first, KERNEL.lengthScales());
        double b = 1.5 * Matern.correlation(at, second, KERNEL.lengthScales());
        double mean = (b - a) * (diagonal + off) / determinant;
        double explained = (diagonal * (a * a + b * b) - 2 * off * a * b) / determinant;
        assertThat(process.predict(at).mean()).isCloseTo(12 + 2 * mean, within(1e-12));
        assertThat(process.predict(at).deviation()).isCloseTo(2 * Math.sqrt(1.5 - explained), within(1e-12));
        double quadratic = 2 * (diagonal + off) / determinant;
        assertThat(process.logMarginalLikelihood())
                .isCloseTo(-0.5 * (quadratic + Math.log(determinant)) - Math.log(2 * Math.PI), within(1e-12));
    }

    @Test
    void manyPointsAgreeWithElimination() {
        List<double[]> points = randomPoints(9, 2, 5);
        double[] values =
                points.stream().mapToDouble(p -> Math.sin(5 * p[0]) + p[1]).toArray();
        GaussianProcess process = GaussianProcess.of(points, values, KERNEL);
        double[] at = {0.35, 0.65};
        int n = points.size();
        double centre = Arrays.stream(values).average().orElseThrow();
        double scale = Math.sqrt(
                Arrays.stream(values).map(v -> (v - centre) * (v - centre)).sum() / n);
        double[] shared = new double[n];
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            shared[i] = 1.5 * Matern.correlation(at, points.get(i), KERNEL.lengthScales());
            for (int j = 0; j < n; j++) {
                matrix[i][j] = 1.5 * Matern.correlation(points.get(i), points.get(j), KERNEL.lengthScales())
                        + (i == j ? 0.01 : 0);
            }
        }
        double[] solved = eliminate(matrix, shared);
        double mean = centre
                + IntStream.range(0, n)
                        .mapToDouble(i -> solved[i] * (values[i] - centre))
                        .sum();
        double explained =
                IntStream.range(0, n).mapToDouble(i -> solved[i] * shared[i]).sum();
        assertThat(process.predict(at).mean()).isCloseTo(mean, within(1e-10));
        assertThat(process.predict(at).deviation()).isCloseTo(scale * Math.sqrt(1.5 - explained), within(1e-9));
    }

    @Test
    void withoutNoiseItGoesThroughItsPoints() {
        List<double[]> points = randomPoints(12, 3, 1);
        double[] values = points.stream().mapToDouble(p -> p[0] * p[1] - p[2]).toArray();
        GaussianProcess process =
                GaussianProcess.of(points, values, new KernelParameters(1, new double[] {0.5, 0.5, 0.5}, 0));
        for (int i = 0; i < values.length; i++) {
            assertThat(process.predict(points.get(i)).mean()).isCloseTo(values[i], within(1e-8));
            assertThat(process.predict(points.get(i)).deviation()).isLessThan(1e-6);
        }
        assertThat(process.jitter()).isZero();
    }

    @Test
    void farFromItsPointsItKnowsOnlyMeanAndSignal() {
        GaussianProcess process = GaussianProcess.of(
                List.of(new double[] {0}, new double[] {0.1}),
                new double[] {1, 3},
                new KernelParameters(4, new double[] {0.01}, 1e-6));
        assertThat(process.predict(new double[] {1}).mean()).isCloseTo(2, within(1e-12));
        assertThat(process.predict(new double[] {1}).deviation()).isCloseTo(2, within(1e-12));
    }

    @Test
    void placesThatComeTwiceAreHeldApartByJitterThatIsTold() {
        List<double[]> points = List.of(new double[] {0.3}, new double[] {0.3}, new double[] {0.8});
        double[] values = {1, 1, 2};
        GaussianProcess process = GaussianProcess.of(points, values, new KernelParameters(1, new double[] {0.3}, 0));
        assertThat(process.jitter()).isPositive().isLessThan(1e-8);
        assertThat(process.predict(points.getFirst()).mean()).isCloseTo(1, within(1e-6));
        GaussianProcess torn =
                GaussianProcess.of(points, new double[] {1, 2, 3}, new KernelParameters(1, new double[] {0.3}, 1e-6));
        assertThat(torn.predict(points.getFirst()).mean()).isCloseTo(1.5, within(1e-3));
    }

    @Test
    void equalValuesAreNoDivisionByZero() {
        GaussianProcess process =
                GaussianProcess.fit(randomPoints(5, 2, 3), new double[] {7, 7, 7, 7, 7}, new double[] {1, 1}, 1, 0);
        assertThat(process.predict(new double[] {0.5, 0.5}).mean()).isEqualTo(7);
        assertThat(process.predict(new double[] {0.5, 0.5}).deviation()).isFinite();
    }

    @Test
    void theSearchFindsWhichAxisMatters() {
        List<double[]> points = randomPoints(40, 2, 11);
        double[] values = points.stream().mapToDouble(p -> Math.sin(7 * p[0])).toArray();
        GaussianProcess process = GaussianProcess.fit(points, values, new double[] {1, 1}, 2, 0);
        double[] scales = process.kernel().lengthScales();
        assertThat(scales[0]).isLessThan(scales[1]);
        assertThat(process.kernel().noise()).isLessThan(1e-4);
        for (double[] point : randomPoints(20, 2, 12)) {
            assertThat(process.predict(point).mean()).isCloseTo(Math.sin(7 * point[0]), within(0.05));
        }
    }

    @Test
    void theSearchNeverEndsBelowItsStart() {
        List<double[]> points = randomPoints(10, 3, 21);
        double[] values = points.stream().mapToDouble(p -> p[0] + p[1] * p[2]).toArray();
        double[] scales = {0.8, 0.8, 1};
        KernelParameters start = new KernelParameters(2, scales, 1e-8);
        GaussianProcess fitted = GaussianProcess.fit(points, values, scales, 0, 0);
        assertThat(fitted.logMarginalLikelihood() + KernelDensity.logPrior(fitted.kernel()))
                .isGreaterThan(GaussianProcess.of(points, values, start).logMarginalLikelihood()
                        + KernelDensity.logPrior(start));
    }

    @Test
    void theSameSeedGivesTheSameKernel() {
        List<double[]> points = randomPoints(8, 4, 2);
        double[] values = points.stream().mapToDouble(p -> p[0] - p[3] * p[3]).toArray();
        double[] scales = {1, 1, 1, 1};
        assertThat(GaussianProcess.fit(points, values, scales, 2, 9).kernel())
                .isEqualTo(GaussianProcess.fit(points, values, scales, 2, 9).kernel());
    }

    @Test
    void searchingWithItFindsTheLowestPointOfAKnownFunction() {
        List<double[]> points = new ArrayList<>(randomPoints(4, 2, 0));
        List<Double> values = new ArrayList<>();
        points.forEach(point -> values.add(bowl(point)));
        PythonRandom random = new PythonRandom(1);
        for (int trial = 0; trial < 16; trial++) {
            double[] known = values.stream().mapToDouble(Double::doubleValue).toArray();
            GaussianProcess process = GaussianProcess.fit(points, known, new double[] {1, 1}, 1, trial);
            double best = Arrays.stream(known).min().orElseThrow();
            double[] next = {0, 0};
            double most = -1;
            for (int i = 0; i < 500; i++) {
                double[] candidate = {random.random(), random.random()};
                GaussianProcess.Prediction prediction = process.predict(candidate);
                double expected = ExpectedImprovement.of(best, prediction.mean(), prediction.deviation());
                if (expected > most) {
                    most = expected;
                    next = candidate;
                }
            }
            points.add(next);
            values.add(bowl(next));
        }
        assertThat(values.stream().mapToDouble(Double::doubleValue).min().orElseThrow())
                .isLessThan(0.005);
    }

    @Test
    void refusesWhatIsNotANumber() {
        List<double[]> points = List.of(new double[] {0.1, 0.2});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GaussianProcess.of(points, new double[] {Double.NaN}, KERNEL))
                .withMessage("the value at point 0 is NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> GaussianProcess.of(points, new double[2], KERNEL));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GaussianProcess.of(List.of(new double[] {0.1}), new double[1], KERNEL));
        assertThatIllegalArgumentException().isThrownBy(() -> new KernelParameters(0, new double[] {1}, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new KernelParameters(1, new double[] {-1}, 0));
    }

    private static double bowl(double[] point) {
        double x = point[0] - 0.3;
        double y = point[1] - 0.8;
        return x * x + 2 * y * y + x * y;
    }

    private static List<double[]> randomPoints(int count, int axes, long seed) {
        PythonRandom random = new PythonRandom(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> IntStream.range(0, axes)
                        .mapToDouble(d -> random.random())
                        .toArray())
                .toList();
    }

    /** Gauss-Jordan elimination of a positive definite matrix. */
    private static double[] eliminate(double[][] matrix, double[] right) {
        double[] solution = right.clone();
        for (int i = 0; i < solution.length; i++) {
            double pivot = matrix[i][i];
            for (int row = 0; row < solution.length; row++) {
                double factor = row == i ? 0 : matrix[row][i] / pivot;
                for (int j = 0; j < solution.length; j++) {
                    matrix[row][j] -= factor * matrix[i][j];
                }
                solution[row] -= factor * solution[i];
            }
            for (int j = 0; j < solution.length; j++) {
                matrix[i][j] /= pivot;
            }
            solution[i] /= pivot;
        }
        return solution;
    }
}
