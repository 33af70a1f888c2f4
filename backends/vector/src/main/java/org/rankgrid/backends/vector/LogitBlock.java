package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.rankgrid.backends.scalar.HostTensor;

/** Logits of some rows for a few tokens at a time, and what is kept of them. Used by one thread. */
final class LogitBlock implements AutoCloseable {

    /** Tokens held at a time: a row of them fits the first cache, all rows of them the second. */
    private static final int TOKENS = 256;

    private final RowTiles rows = new RowTiles();
    private final BlockProduct product = new BlockProduct();
    private final NativeScratch scratch = new NativeScratch();
    private final double[] lanes = new double[Lanes.HALF_WIDTH];
    private float[] largest = {};
    private int[] largestTokens = {};
    private double[] sums = {};

    /** Takes the rows asked at some places of a list. */
    void take(HostTensor hidden, int[] list, int first, int count) {
        rows.gather(hidden.data(), list, first, count, hidden.columns());
        if (sums.length < count) {
            largest = new float[count];
            largestTokens = new int[count];
            sums = new double[count];
        }
    }

    /**
     * Scores a range of the vocabulary.
     *
     * @param firstToken a multiple of 256
     * @param targets the token asked at each place of the list
     * @param first place of the first row taken
     * @param targetLogits receives the logits of targets in the range
     */
    void scan(
            PackedMatrix head,
            float cap,
            int firstToken,
            int lastToken,
            int[] targets,
            int first,
            float[] targetLogits) {
        Arrays.fill(largest, 0, rows.rows(), Float.NEGATIVE_INFINITY);
        Arrays.fill(sums, 0, rows.rows(), 0);
        MemorySegment logits = scratch.floats((long) rows.rows() * TOKENS);
        for (int token = firstToken; token < lastToken; token += TOKENS) {
            int count = Math.min(TOKENS, lastToken - token);
            Lanes.clear(logits, 0, rows.rows() * TOKENS);
            int panel = token / MicroKernel.COLUMNS;
            int lastPanel = Math.ceilDiv(token + count, MicroKernel.COLUMNS);
            product.addTo(rows, head, panel, lastPanel, logits, 0, TOKENS);
            for (int i = 0; i < rows.rows(); i++) {
                keep(logits, i, token, count, cap);
                int target = targets[first + i] - token;
                if (target >= 0 && target < count) {
                    targetLogits[first + i] = logits.getAtIndex(ValueLayout.JAVA_FLOAT, (long) i * TOKENS + target);
                }
            }
        }
    }

    /** Merges the logits of one row into what is kept of it. */
    private void keep(MemorySegment logits, int row, int token, int count, float cap) {
        long at = (long) row * TOKENS;
        boolean finite = allFinite(logits, at, count);
        if (cap != 0) {
            softCap(logits, at, count, cap);
        }
        float top = padAndMax(logits, at, count);
        if (top > largest[row]) {
            sums[row] *= Math.exp((double) largest[row] - top);
            largest[row] = top;
            largestTokens[row] = token + firstAt(logits, at, top);
        }
        sums[row] = finite ? sums[row] + sumOfExponentials(logits, at, count, largest[row]) : Double.NaN;
    }

    /** Zero times a finite number is zero, times any other not a number; places without a token hold zero. */
    private static boolean allFinite(MemorySegment logits, long at, int count) {
        FloatVector zero = FloatVector.zero(Lanes.FLOATS);
        FloatVector check = zero;
        for (int j = 0; j < count; j += Lanes.WIDTH) {
            check = Lanes.load(logits, at + j).fma(zero, check);
        }
        return check.reduceLanes(VectorOperators.ADD) == 0;
    }

    private static void softCap(MemorySegment logits, long at, int count, float cap) {
        for (int j = 0; j < count; j += Lanes.WIDTH) {
            FloatVector capped =
                    VectorMath.tanh(Lanes.load(logits, at + j).div(cap)).mul(cap);
            Lanes.store(capped, logits, at + j);
        }
    }

    /** The largest logit; in places of the last vector without a token a logit is written that weighs nothing. */
    private static float padAndMax(MemorySegment logits, long at, int count) {
        for (int j = count; j % Lanes.WIDTH != 0; j++) {
            logits.setAtIndex(ValueLayout.JAVA_FLOAT, at + j, -Float.MAX_VALUE);
        }
        FloatVector max = FloatVector.broadcast(Lanes.FLOATS, Float.NEGATIVE_INFINITY);
        for (int j = 0; j < count; j += Lanes.WIDTH) {
            FloatVector logit = Lanes.load(logits, at + j);
            max = max.blend(logit, logit.compare(VectorOperators.GT, max));
        }
        return max.reduceLanes(VectorOperators.MAX);
    }

    private double sumOfExponentials(MemorySegment logits, long at, int count, float top) {
        DoubleVector lower = DoubleVector.zero(Lanes.DOUBLES);
        DoubleVector upper = DoubleVector.zero(Lanes.DOUBLES);
        for (int j = 0; j < count; j += Lanes.WIDTH) {
            FloatVector power = VectorMath.exp(Lanes.load(logits, at + j).sub(top));
            lower = lower.add(power.convertShape(VectorOperators.F2D, Lanes.DOUBLES, 0));
            upper = upper.add(power.convertShape(VectorOperators.F2D, Lanes.DOUBLES, 1));
        }
        lower.add(upper).intoArray(lanes, 0);
        double sum = 0;
        for (double lane : lanes) {
            sum += lane;
        }
        return sum;
    }

    private static int firstAt(MemorySegment logits, long at, float value) {
        int place = 0;
        while (logits.getAtIndex(ValueLayout.JAVA_FLOAT, at + place) != value) {
            place++;
        }
        return place;
    }

    /** The largest logit of a row in the range scanned. */
    float largest(int row) {
        return largest[row];
    }

    /** Its token, the first of equals. */
    int largestToken(int row) {
        return largestTokens[row];
    }

    /** Sum of exp(logit - largest), or not a number if a logit is not finite. */
    double sum(int row) {
        return sums[row];
    }

    @Override
    public void close() {
        scratch.close();
    }
}
