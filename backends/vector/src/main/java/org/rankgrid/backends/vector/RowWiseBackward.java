package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import org.rankgrid.backends.scalar.HostTensor;

/** Gradients through norms: sums over a row in double, then the row itself in single precision. */
final class RowWiseBackward {

    private final WorkerPool pool;

    RowWiseBackward(WorkerPool pool) {
        this.pool = pool;
    }

    /**
     * dx = r (g - x r^2 mean(g x)) over every w features, with g = dy weight and r = 1 / sqrt(mean x^2 + epsilon); weight 1
     * by w.
     */
    void rmsNorm(HostTensor x, HostTensor weight, double epsilon, HostTensor dy, HostTensor dx) {
        int width = weight.columns();
        Tasks.forRows(pool, x, row -> {
            for (int group = 0; group < x.columns(); group += width) {
                long at = x.offset(row) + group;
                double squares = RowWise.product(x.data(), at, x.data(), at, width);
                double product = product(dy.data(), at, weight.data(), x.data(), 0, width);
                double r = 1 / Math.sqrt(squares / width + epsilon);
                float along = (float) (r * r * r * product / width);
                combine(dy.data(), at, weight.data(), (float) r, 0, x.data(), 0, along, dx.data(), width);
            }
        });
    }

    /**
     * dx = r (g - mean(g) - z mean(g z)) over every row, with g = dy weight, r = 1 / sqrt(variance + epsilon) and
     * z = r (x - mean).
     */
    void layerNorm(HostTensor x, HostTensor weight, double epsilon, HostTensor dy, HostTensor dx) {
        int n = x.columns();
        Tasks.forRows(pool, x, row -> {
            long at = x.offset(row);
            double mean = RowWise.sum(x.data(), at, n) / n;
            double r = 1 / Math.sqrt(RowWise.squaredDeviations(x.data(), at, mean, n) / n + epsilon);
            double shift = RowWise.product(dy.data(), at, weight.data(), 0, n) / n;
            double product = product(dy.data(), at, weight.data(), x.data(), mean, n);
            float along = (float) (r * r * r * product / n);
            combine(
                    dy.data(),
                    at,
                    weight.data(),
                    (float) r,
                    (float) (r * shift),
                    x.data(),
                    (float) mean,
                    along,
                    dx.data(),
                    n);
        });
    }

    /** Sum of dy weight (x - centre), dy and x at the same place. */
    private static double product(
            MemorySegment dy, long at, MemorySegment weight, MemorySegment x, double centre, int n) {
        DoubleVector sum = DoubleVector.zero(Lanes.DOUBLES);
        int whole = Lanes.DOUBLES.loopBound(n);
        for (int j = 0; j < whole; j += Lanes.HALF_WIDTH) {
            DoubleVector gradient = Lanes.widen(dy, at + j).mul(Lanes.widen(weight, j));
            sum = gradient.fma(Lanes.widen(x, at + j).sub(centre), sum);
        }
        int rest = n - whole;
        DoubleVector gradient = Lanes.widen(dy, at + whole, rest).mul(Lanes.widen(weight, whole, rest));
        return Lanes.sum(gradient.fma(Lanes.widen(x, at + whole, rest).sub(centre), sum));
    }

    /** dx = r dy weight - shift - along (x - centre). */
    private static void combine(
            MemorySegment dy,
            long at,
            MemorySegment weight,
            float r,
            float shift,
            MemorySegment x,
            float centre,
            float along,
            MemorySegment dx,
            int n) {
        int whole = Lanes.FLOATS.loopBound(n);
        for (int j = 0; j < whole; j += Lanes.WIDTH) {
            FloatVector gradient =
                    Lanes.load(dy, at + j).mul(Lanes.load(weight, j)).mul(r).sub(shift);
            FloatVector deviation = Lanes.load(x, at + j).sub(centre);
            Lanes.store(gradient.sub(deviation.mul(along)), dx, at + j);
        }
        int rest = n - whole;
        FloatVector gradient = Lanes.load(dy, at + whole, rest)
                .mul(Lanes.load(weight, whole, rest))
                .mul(r)
                .sub(shift);
        FloatVector deviation = Lanes.load(x, at + whole, rest).sub(centre);
        Lanes.store(gradient.sub(deviation.mul(along)), dx, at + whole, rest);
    }
}
