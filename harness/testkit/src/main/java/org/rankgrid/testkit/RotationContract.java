package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Tensor;

/** Rotary position embedding. */
abstract class RotationContract extends OperationContract {

    RotationContract(BackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 1", "3, 8, 4", "2, 64, 32", "4, 80, 20", "3, 6, 1", "5, 34, 17"})
    void pairsTurnByTheAngleOfTheirPosition(int heads, int headSize, int half) {
        PackedSequences batch = PackedSequences.ofLengths(3, 1, 7);
        int n = heads * headSize;
        float[] x = random(batch.tokens() * n, 1);
        double[] expected = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            expected[i] = x[i];
        }
        for (int s = 0; s < batch.count(); s++) {
            for (int row = batch.start(s); row < batch.end(s); row++) {
                for (int head = 0; head < heads; head++) {
                    for (int i = 0; i < half; i++) {
                        double angle = angle(row - batch.start(s), i);
                        int first = row * n + head * headSize + i;
                        int second = first + half;
                        expected[first] = x[first] * Math.cos(angle) - x[second] * Math.sin(angle);
                        expected[second] = x[first] * Math.sin(angle) + x[second] * Math.cos(angle);
                    }
                }
            }
        }
        Tensor tensor = scope().upload(x, batch.tokens(), n);
        rotate(tensor, headSize, half, batch);
        assertClose(download(tensor), expected, contract().elementTolerance(), "rotation");
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 1", "3, 8, 4", "2, 64, 32", "4, 80, 20", "3, 6, 1", "5, 34, 17"})
    void gradientsTurnBack(int heads, int headSize, int half) {
        PackedSequences batch = PackedSequences.ofLengths(3, 1, 7);
        int n = heads * headSize;
        float[] gradient = random(batch.tokens() * n, 1);
        double[] expected = doubles(gradient);
        for (int s = 0; s < batch.count(); s++) {
            for (int row = batch.start(s); row < batch.end(s); row++) {
                for (int pair = 0; pair < heads * half; pair++) {
                    double angle = angle(row - batch.start(s), pair % half);
                    int first = row * n + pair / half * headSize + pair % half;
                    int second = first + half;
                    // The transpose of the rotation.
                    expected[first] = gradient[first] * Math.cos(angle) + gradient[second] * Math.sin(angle);
                    expected[second] = gradient[second] * Math.cos(angle) - gradient[first] * Math.sin(angle);
                }
            }
        }
        Tensor tensor = scope().upload(gradient, batch.tokens(), n);
        rotateBack(tensor, headSize, half, batch);
        assertClose(download(tensor), expected, contract().elementTolerance(), "inverse rotation");
    }

    @Test
    void packingAndThreadsChangeNoBit() {
        assumeSameBits();
        PackedSequences batch = PackedSequences.ofLengths(5, 9, 2);
        int n = 3 * 22;
        float[] x = random(batch.tokens() * n, 1);
        float[][] results = new float[3][];
        float[][] backResults = new float[3][];
        for (int threads = 1; threads <= 3; threads++) {
            reopen(threads);
            Tensor tensor = scope().upload(x, batch.tokens(), n);
            rotate(tensor, 22, 9, batch);
            results[threads - 1] = download(tensor);
            rotateBack(tensor, 22, 9, batch);
            backResults[threads - 1] = download(tensor);
        }
        assertThat(results[1]).isEqualTo(results[0]);
        assertThat(results[2]).isEqualTo(results[0]);
        assertThat(backResults[1]).isEqualTo(backResults[0]);
        assertThat(backResults[2]).isEqualTo(backResults[0]);
        Tensor alone = scope().upload(rows(x, n, 5, 9), 9, n);
        rotate(alone, 22, 9, PackedSequences.ofLengths(9));
        assertThat(download(alone)).isEqualTo(rows(results[0], n, 5, 9));
        rotateBack(alone, 22, 9, PackedSequences.ofLengths(9));
        assertThat(download(alone)).isEqualTo(rows(backResults[0], n, 5, 9));
    }

    @Test
    void refusesTooFewPositions() {
        Tensor angles = scope().tensor(4, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        operations().rotate(scope().tensor(5, 8), 4, angles, angles, PackedSequences.ofLengths(5)))
                .withMessageContaining("4")
                .withMessageContaining("5");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> backward().rotate(scope().tensor(5, 8), 4, angles, angles, PackedSequences.ofLengths(5)))
                .withMessageContaining("4")
                .withMessageContaining("5");
    }

    private void rotate(Tensor x, int headSize, int half, PackedSequences batch) {
        int positions = batch.longest() + 2;
        operations().rotate(x, headSize, table(positions, half, Math::cos), table(positions, half, Math::sin), batch);
    }

    private void rotateBack(Tensor x, int headSize, int half, PackedSequences batch) {
        int positions = batch.longest() + 2;
        backward().rotate(x, headSize, table(positions, half, Math::cos), table(positions, half, Math::sin), batch);
    }

    private Tensor table(int positions, int half, DoubleUnaryOperator function) {
        float[] values = new float[positions * half];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) function.applyAsDouble(angle(i / half, i % half));
        }
        return scope().upload(values, positions, half);
    }

    private static double angle(int position, int pair) {
        return position * Math.pow(100, -pair / 16.0);
    }
}
