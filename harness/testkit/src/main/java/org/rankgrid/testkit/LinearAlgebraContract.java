package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.rankgrid.testkit.DecompositionAssertions.assertClose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.spi.compute.DecompositionException;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.LinearAlgebra.SymmetricEigen;
import org.rankgrid.spi.compute.LinearAlgebra.ThinQr;
import org.rankgrid.spi.compute.LinearAlgebra.ThinSvd;

/**
 * What every source of decompositions must satisfy, to 1e-12 relative to the size of the matrix. A source's test extends
 * this class and says how to open it.
 */
public abstract class LinearAlgebraContract {

    private static final double TOLERANCE = DecompositionAssertions.TOLERANCE;

    private LinearAlgebra algebra;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init")
    protected LinearAlgebraContract() {}

    /** Opens what is under test. */
    protected abstract LinearAlgebra open();

    @BeforeEach
    void openAlgebra() {
        algebra = open();
    }

    @Test
    void saysWhatItIs() {
        assertThat(algebra.description()).isNotBlank().doesNotContain("\n").isEqualTo(open().description());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 16, 33, 64, 101, 300})
    void eigenvectorsDiagonalizeASymmetricMatrix(int n) {
        assertEigen(NaiveMatrices.randomSymmetric(n, n), n);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 40, 128})
    void eigenvaluesOfTheSecondDifferenceAreKnown(int n) {
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            a[i * n + i] = 2;
            if (i > 0) {
                a[i * n + i - 1] = -1;
                a[(i - 1) * n + i] = -1;
            }
        }
        double[] values = assertEigen(a, n).values();
        for (int k = 0; k < n; k++) {
            assertThat(values[k]).isCloseTo(2 + 2 * Math.cos((k + 1) * Math.PI / (n + 1)), within(4 * TOLERANCE));
        }
    }

    @Test
    void repeatedAndZeroEigenvaluesHaveOrthonormalVectors() {
        double[] known = {5, 5, 5, 2, 2, 0, 0, 0, 0, -3, -3};
        double[] values =
                assertEigen(NaiveMatrices.symmetricWith(known, 3), known.length).values();
        assertThat(values).containsExactly(known, within(10 * TOLERANCE));
        assertEigen(NaiveMatrices.identity(9), 9);
        assertEigen(new double[] {0, 1, 1, 0}, 2);
    }

    @Test
    void gramOfFewVectorsHasAsManyEigenvalues() {
        int n = 60;
        double[] x = NaiveMatrices.random(n, 7, 1);
        double[] gram = NaiveMatrices.multiply(x, NaiveMatrices.transpose(x, n, 7), n, 7, n);
        double[] values = assertEigen(gram, n).values();
        assertThat(values[6]).isGreaterThan(1);
        for (int k = 7; k < n; k++) {
            assertThat(values[k]).isCloseTo(0, within(TOLERANCE * values[0]));
        }
    }

    @Test
    void oneDirectionMayDwarfAllOthers() {
        double[] known = new double[24];
        for (int k = 0; k < known.length; k++) {
            known[k] = Math.pow(10, 8 - k);
        }
        assertEigen(NaiveMatrices.symmetricWith(known, 5), known.length);
        assertSvd(NaiveMatrices.rectangularWith(known, 24, 30, 6), 24, 30);
    }

    @Test
    void zeroMatricesDecompose() {
        assertThat(assertEigen(new double[36], 6).values()).containsOnly(0);
        assertThat(assertSvd(new double[35], 5, 7).values()).containsOnly(0);
        assertThat(assertSvd(new double[35], 7, 5).values()).containsOnly(0);
        assertThat(assertQr(new double[35], 7, 5).r()).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-150, 1e-30, 1e30, 1e150})
    void scaleDoesNotMatter(double scale) {
        int n = 23;
        double[] symmetric = NaiveMatrices.randomSymmetric(n, 1);
        double[] scaledValues =
                algebra.symmetricEigen(NaiveMatrices.scale(symmetric, scale), n).values();
        assertThat(NaiveMatrices.scale(scaledValues, 1 / scale))
                .containsExactly(algebra.symmetricEigen(symmetric, n).values(), within(10 * TOLERANCE));

        assertEigen(NaiveMatrices.scale(symmetric, scale), n);
        assertSvd(NaiveMatrices.scale(NaiveMatrices.random(n, 11, 2), scale), n, 11);
        assertSvd(NaiveMatrices.scale(NaiveMatrices.random(11, n, 3), scale), 11, n);
        assertQr(NaiveMatrices.scale(NaiveMatrices.random(n, 11, 4), scale), n, 11);
        assertCholesky(NaiveMatrices.scale(positiveDefinite(n), scale), n);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 16, 31, 65, 200, 420})
    void choleskyFactorTimesItsTransposeIsTheMatrix(int n) {
        assertCholesky(positiveDefinite(n), n);
    }

    @Test
    void choleskyOfASmallMatrixIsKnown() {
        assertThat(algebra.cholesky(new double[] {4, 2, 6, 2, 5, 5, 6, 5, 19}, 3))
                .containsExactly(new double[] {2, 0, 0, 1, 2, 0, 3, 1, 3}, within(TOLERANCE));
    }

    @Test
    void choleskyRefusesAMatrixThatIsNotPositiveDefinite() {
        double[] indefinite = {1, 0, 0, 0, 0, 1, 2, 0, 0, 2, 1, 0, 0, 0, 0, 1};
        assertThatExceptionOfType(DecompositionException.class)
                .isThrownBy(() -> algebra.cholesky(indefinite, 4))
                .withMessageContaining("not positive definite")
                .withMessageContaining("leading 3 x 3");
        assertThatExceptionOfType(DecompositionException.class)
                .isThrownBy(() -> algebra.cholesky(new double[4], 2))
                .withMessageContaining("leading 1 x 1");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "5, 1", "5, 4", "7, 7", "33, 9", "64, 64", "130, 37", "301, 258", "900, 61"})
    void qrGivesOrthonormalColumnsTimesATriangle(int m, int n) {
        assertQr(NaiveMatrices.random(m, n, 10L * m + n), m, n);
    }

    @Test
    void qrOfARankDeficientMatrixIsStillOrthonormal() {
        double[] twice =
                NaiveMatrices.multiply(NaiveMatrices.random(20, 3, 1), NaiveMatrices.random(3, 8, 2), 20, 3, 8);
        assertQr(twice, 20, 8);
        double[] withZeroColumn = NaiveMatrices.random(9, 4, 3);
        for (int i = 0; i < 9; i++) {
            withZeroColumn[i * 4 + 1] = 0;
        }
        assertQr(withZeroColumn, 9, 4);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1, 6",
        "6, 1",
        "2, 2",
        "3, 5",
        "5, 3",
        "16, 16",
        "33, 32",
        "32, 33",
        "64, 7",
        "7, 64",
        "150, 90",
        "90, 150",
        "210, 210"
    })
    void singularVectorsDiagonalizeAMatrix(int m, int n) {
        assertSvd(NaiveMatrices.random(m, n, 100L * m + n), m, n);
    }

    @ParameterizedTest
    @CsvSource({"8, 8", "12, 8", "8, 12"})
    void singularValuesAreFound(int m, int n) {
        double[] known = {7, 7, 3, 3, 3, 1e-3, 0, 0};
        double[] values =
                assertSvd(NaiveMatrices.rectangularWith(known, m, n, 9), m, n).values();
        assertThat(values).containsExactly(known, within(7 * TOLERANCE));
    }

    @Test
    void singularValuesAreNeverNegative() {
        double[] values = assertSvd(new double[] {-2, 0, 0, -3}, 2, 2).values();
        assertThat(values).containsExactly(new double[] {3, 2}, within(TOLERANCE));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "2, 3, 5",
        "5, 1, 7",
        "1, 8, 3",
        "4, 4, 4",
        "17, 31, 13",
        "64, 33, 65",
        "9, 70, 257",
        "300, 41, 300"
    })
    void productsAreTheNaiveOnes(int m, int k, int n) {
        double[] a = NaiveMatrices.random(m, k, 1);
        double[] b = NaiveMatrices.random(k, n, 2);
        double[] expected = NaiveMatrices.multiply(a, b, m, k, n);
        double[] at = NaiveMatrices.transpose(a, m, k);
        double[] bt = NaiveMatrices.transpose(b, k, n);
        assertClose(algebra.multiply(a, b, m, k, n), expected, k * TOLERANCE);
        assertClose(algebra.multiplyTransposedLeft(at, b, m, k, n), expected, k * TOLERANCE);
        assertClose(algebra.multiplyTransposedRight(a, bt, m, k, n), expected, k * TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 9", "9, 1", "30, 17", "17, 30", "120, 260"})
    void solvingFromTheRightUndoesTheTriangle(int m, int n) {
        double[] lower = algebra.cholesky(positiveDefinite(n), n);
        double[] x = NaiveMatrices.random(m, n, 3);
        double[] b = NaiveMatrices.multiply(x, lower, m, n, n);
        assertClose(algebra.solveRight(lower, b, m, n), x, 100 * TOLERANCE);
    }

    @Test
    void solvingReadsOnlyTheLowerTriangle() {
        assertThat(algebra.solveRight(new double[] {2, Double.NaN, 1, 4}, new double[] {4, 8}, 1, 2))
                .containsExactly(new double[] {1, 2}, within(TOLERANCE));
    }

    @Test
    void solvingRefusesASingularTriangle() {
        assertThatExceptionOfType(DecompositionException.class)
                .isThrownBy(() -> algebra.solveRight(new double[] {1, 0, 1, 0}, new double[] {1, 1}, 1, 2))
                .withMessageContaining("diagonal");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesWhatIsNotFinite(double bad) {
        double[] a = NaiveMatrices.identity(6);
        a[2 * 6 + 3] = bad;
        a[3 * 6 + 2] = bad;
        List<Callable<Object>> calls = List.of(
                () -> algebra.symmetricEigen(a, 6),
                () -> algebra.cholesky(a, 6),
                () -> algebra.thinQr(a, 6, 6),
                () -> algebra.thinSvd(a, 6, 6),
                () -> algebra.thinSvd(a, 4, 9),
                () -> algebra.thinSvd(a, 9, 4));
        for (Callable<Object> call : calls) {
            assertThatExceptionOfType(DecompositionException.class)
                    .isThrownBy(call::call)
                    .withMessageContaining(Double.toString(bad))
                    .withMessageContaining("row");
        }
    }

    @Test
    void refusesShapesThatDoNotFit() {
        double[] six = new double[6];
        List<Callable<Object>> calls = List.of(
                () -> algebra.symmetricEigen(six, 2),
                () -> algebra.cholesky(six, 3),
                () -> algebra.thinQr(six, 2, 3),
                () -> algebra.thinQr(six, 4, 2),
                () -> algebra.thinSvd(six, 2, 2),
                () -> algebra.multiply(six, six, 2, 3, 3),
                () -> algebra.multiplyTransposedLeft(six, six, 2, 2, 3),
                () -> algebra.multiplyTransposedRight(six, six, 2, 2, 3),
                () -> algebra.solveRight(six, six, 2, 3));
        for (Callable<Object> call : calls) {
            assertThatIllegalArgumentException().isThrownBy(call::call).withMessageContaining(" x ");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 160})
    void leavesItsArgumentsAlone(int n) {
        double[] a = positiveDefinite(n);
        double[] lower = algebra.cholesky(a, n);
        double[] copy = a.clone();
        double[] lowerCopy = lower.clone();
        everything(algebra, a, lower, n);
        assertThat(a).isEqualTo(copy);
        assertThat(lower).isEqualTo(lowerCopy);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 180})
    void threadsAtOnceGetTheSameBits(int n) throws Exception {
        double[] a = positiveDefinite(n);
        double[] lower = algebra.cholesky(a, n);
        List<double[]> alone = everything(algebra, a, lower, n);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<List<double[]>>> together = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                together.add(threads.submit(() -> everything(algebra, a, lower, n)));
            }
            for (Future<List<double[]>> results : together) {
                for (int k = 0; k < alone.size(); k++) {
                    assertThat(Arrays.equals(results.get().get(k), alone.get(k)))
                            .as("result %s", k)
                            .isTrue();
                }
            }
        }
    }

    private static List<double[]> everything(LinearAlgebra algebra, double[] a, double[] lower, int n) {
        SymmetricEigen eigen = algebra.symmetricEigen(a, n);
        ThinQr qr = algebra.thinQr(a, n, n);
        ThinSvd svd = algebra.thinSvd(a, n, n);
        return List.of(
                eigen.values(),
                eigen.vectors(),
                algebra.cholesky(a, n),
                qr.q(),
                qr.r(),
                svd.left(),
                svd.values(),
                svd.right(),
                algebra.multiply(a, lower, n, n, n),
                algebra.multiplyTransposedLeft(a, lower, n, n, n),
                algebra.multiplyTransposedRight(a, lower, n, n, n),
                algebra.solveRight(lower, a, n, n));
    }

    private static double[] positiveDefinite(int n) {
        double[] x = NaiveMatrices.random(n, 2 * n, 77);
        return NaiveMatrices.multiply(x, NaiveMatrices.transpose(x, n, 2 * n), n, 2 * n, n);
    }

    private SymmetricEigen assertEigen(double[] a, int n) {
        SymmetricEigen eigen = algebra.symmetricEigen(a, n);
        DecompositionAssertions.assertEigen(eigen, a, n);
        return eigen;
    }

    private void assertCholesky(double[] a, int n) {
        DecompositionAssertions.assertCholesky(algebra.cholesky(a, n), a, n);
    }

    private ThinQr assertQr(double[] a, int m, int n) {
        ThinQr qr = algebra.thinQr(a, m, n);
        DecompositionAssertions.assertQr(qr, a, m, n);
        return qr;
    }

    private ThinSvd assertSvd(double[] a, int m, int n) {
        ThinSvd svd = algebra.thinSvd(a, m, n);
        DecompositionAssertions.assertSvd(svd, a, m, n);
        return svd;
    }
}
