package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import org.rankgrid.backends.scalar.HostTensor;

/** Norms and cosines: sums over a row in double, then the row itself in single precision. */
final class RowWise {

    private final WorkerPool pool;

    RowWise(WorkerPool pool) {
        this.pool = pool;
    }

    /** x / sqrt(mean x^2 + epsilon) * weight over every w features; weight 1 by w. */
    void rmsNorm(HostTensor x, HostTensor weight, double epsilon, HostTensor out) {
        int width = weight.columns();
        Tasks.forRows(pool, x, row -> {
            for (int group = 0; group < x.columns(); group += width) {
                long at = x.offset(row) + group;
                double squares = product(x.data(), at, x.data(), at, width);
                float scale = (float) (1 / Math.sqrt(squares / width + epsilon));
                scale(x.data(), at, scale, weight.data(), out.data(), at, width);
            }
        });
    }

    /** (x - mean) / sqrt(variance + epsilon) * weight + bias over every row. */
    void layerNorm(HostTensor x, HostTensor weight, HostTensor bias, double epsilon, HostTensor out) {
        int n = x.columns();
        Tasks.forRows(pool, x, row -> {
            long at = x.offset(row);
            double mean = sum(x.data(), at, n) / n;
            double variance = squaredDeviations(x.data(), at, mean, n) / n;
            float scale = (float) (1 / Math.sqrt(variance + epsilon));
            centre(x.data(), at, (float) mean, scale, weight.data(), bias.data(), out.data(), n);
        });
    }

    /** out = x[:, :k] diag(factors); factors 1 by k. */
    void scaleColumns(HostTensor x, HostTensor factors, HostTensor out) {
        int k = out.columns();
        Tasks.forRows(
                pool, x, row -> scale(x.data(), x.offset(row), 1, factors.data(), out.data(), out.offset(row), k));
    }

    /** a.b / (|a| |b|) of corresponding rows; 0 where either is zero. */
    void cosines(HostTensor a, HostTensor b, double[] into) {
        int n = a.columns();
        Tasks.forRows(pool, a, row -> {
            long at = a.offset(row);
            double lengths = Math.sqrt(product(a.data(), at, a.data(), at, n))
                    * Math.sqrt(product(b.data(), at, b.data(), at, n));
            into[row] = lengths == 0 ? 0 : product(a.data(), at, b.data(), at, n) / lengths;
        });
    }

    /** Sum of a b over n values, in double. */
    static double product(MemorySegment a, long aAt, MemorySegment b, long bAt, int n) {
        DoubleVector sum = DoubleVector.zero(Lanes.DOUBLES);
        int whole = Lanes.DOUBLES.loopBound(n);
        for (int j = 0; j < whole; j += Lanes.HALF_WIDTH) {
            sum = Lanes.widen(a, aAt + j).fma(Lanes.widen(b, bAt + j), sum);
        }
        int rest = n - whole;
        sum = Lanes.widen(a, aAt + whole, rest).fma(Lanes.widen(b, bAt + whole, rest), sum);
        return Lanes.sum(sum);
    }

    /** Sum of n values, in double. */
    static double sum(MemorySegment x, long at, int n) {
        DoubleVector sum = DoubleVector.zero(Lanes.DOUBLES);
        int whole = Lanes.DOUBLES.loopBound(n);
        for (int j = 0; j < whole; j += Lanes.HALF_WIDTH) {
            sum = sum.add(Lanes.widen(x, at + j));
        }
        return Lanes.sum(sum.add(Lanes.widen(x, at + whole, n - whole)));
    }

    /** Sum of (x - mean)^2 over n values, in double. */
    static double squaredDeviations(MemorySegment x, long at, double mean, int n) {
        DoubleVector sum = DoubleVector.zero(Lanes.DOUBLES);
        int whole = Lanes.DOUBLES.loopBound(n);
        for (int j = 0; j < whole; j += Lanes.HALF_WIDTH) {
            DoubleVector deviation = Lanes.widen(x, at + j).sub(mean);
            sum = deviation.fma(deviation, sum);
        }
        int rest = n - whole;
        DoubleVector deviation = Lanes.widen(x, at + whole, rest).sub(mean, Lanes.DOUBLES.indexInRange(0, rest));
        return Lanes.sum(deviation.fma(deviation, sum));
    }

    private static void scale(
            MemorySegment x, long at, float scale, MemorySegment weight, MemorySegment out, long to, int n) {
        int whole = Lanes.FLOATS.loopBound(n);
        for (int j = 0; j < whole; j += Lanes.WIDTH) {
            Lanes.store(Lanes.load(x, at + j).mul(scale).mul(Lanes.load(weight, j)), out, to + j);
        }
        int rest = n - whole;
        FloatVector scaled = Lanes.load(x, at + whole, rest).mul(scale);
        Lanes.store(scaled.mul(Lanes.load(weight, whole, rest)), out, to + whole, rest);
    }

    private static void centre(
            MemorySegment x,
            long at,
            float mean,
            float scale,
            MemorySegment weight,
            MemorySegment bias,
            MemorySegment out,
            int n) {
        int whole = Lanes.FLOATS.loopBound(n);
        for (int j = 0; j < whole; j += Lanes.WIDTH) {
            FloatVector normed = Lanes.load(x, at + j).sub(mean).mul(scale);
            Lanes.store(normed.fma(Lanes.load(weight, j), Lanes.load(bias, j)), out, at + j);
        }
        int rest = n - whole;
        FloatVector normed = Lanes.load(x, at + whole, rest).sub(mean).mul(scale);
        Lanes.store(normed.fma(Lanes.load(weight, whole, rest), Lanes.load(bias, whole, rest)), out, at + whole, rest);
    }
}
