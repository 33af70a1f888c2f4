package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.rankgrid.backends.scalar.HostTensor;

/** What is kept of the logits of some rows over a range of the vocabulary. Used by one thread. */
final class LogitBlock implements AutoCloseable {

    private final Logits block = new Logits();
    private final double[] lanes = new double[Lanes.HALF_WIDTH];
    private float[] largest = {};
    private int[] largestTokens = {};
    private double[] sums = {};

    /** Takes the rows asked at some places of a list. */
    void take(HostTensor hidden, int[] list, int first, int count) {
        block.take(hidden, list, first, count);
        if (sums.length < count) {
            largest = new float[count];
            largestTokens = new int[count];
            sums = new double[count];
        }
    }

    /** Rows taken. */
    int rows() {
        return block.rows();
    }

    /** Scores a chunk of the vocabulary; see {@link #add}. */
    void scan(PackedMatrix head, float cap, int chunk, int[] targets, int first, float[] targetLogits) {
        begin();
        int last = Math.min(head.rows(), (chunk + 1) * ChunkScores.TOKENS);
        for (int token = chunk * ChunkScores.TOKENS; token < last; token += Logits.TOKENS) {
            add(head, cap, token, Math.min(Logits.TOKENS, last - token), targets, first, targetLogits);
        }
    }

    /** Forgets the tokens added. */
    void begin() {
        Arrays.fill(largest, 0, block.rows(), Float.NEGATIVE_INFINITY);
        Arrays.fill(sums, 0, block.rows(), 0);
    }

    /**
     * Adds some tokens to what is kept.
     *
     * @param token the first, a multiple of {@link Logits#TOKENS}
     * @param targets the token asked at each place of the list
     * @param first place of the first row taken
     * @param targetLogits receives the logits of targets among the tokens
     * @return the logits, as {@link Logits#compute} gives them, but with the cap
     */
    MemorySegment add(
            PackedMatrix head, float cap, int token, int count, int[] targets, int first, float[] targetLogits) {
        MemorySegment logits = block.compute(head, token, count);
        for (int i = 0; i < block.rows(); i++) {
            keep(logits, i, token, count, cap);
            int target = targets[first + i] - token;
            if (target >= 0 && target < count) {
                targetLogits[first + i] = logits.getAtIndex(ValueLayout.JAVA_FLOAT, Logits.offset(i) + target);
            }
        }
        return logits;
    }

    /** Merges the logits of one row into what is kept of it. */
    private void keep(MemorySegment logits, int row, int token, int count, float cap) {
        long at = Logits.offset(row);
        boolean finite = allFinite(logits, at, count);
        if (cap != 0) {
            Logits.softCap(logits, at, count, cap);
        }
        Logits.pad(logits, at, count);
        float top = max(logits, at, count);
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

    private static float max(MemorySegment logits, long at, int count) {
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
        block.close();
    }
}
