package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * What happens to scores before the softmax, in panels of two vectors: a row for each position of one kind, queries or keys,
 * and a lane for each of the other.
 *
 * <p>One loop a method: in a longer one the JIT stops inlining, and every vector becomes an object.
 */
final class Scores {

    private static final int LANES = MicroKernel.COLUMNS;

    private static final FloatVector LANE = FloatVector.zero(Lanes.FLOATS).addIndex(1);

    private static final FloatVector ONE = FloatVector.broadcast(Lanes.FLOATS, 1);

    private Scores() {}

    /** score = cap tanh(score / cap) for one vector of lanes of some rows. */
    static void softCap(MemorySegment scores, int lane, int length, float cap) {
        for (int j = 0; j < length; j++) {
            long at = (long) j * LANES + lane;
            Lanes.store(VectorMath.tanh(Lanes.load(scores, at).div(cap)).mul(cap), scores, at);
        }
    }

    /** The same, and the slope 1 - tanh(score / cap)^2 of every score. */
    static void softCap(MemorySegment scores, int lane, int length, float cap, MemorySegment slopes) {
        for (int j = 0; j < length; j++) {
            long at = (long) j * LANES + lane;
            FloatVector tanh = VectorMath.tanh(Lanes.load(scores, at).div(cap));
            Lanes.store(tanh.mul(cap), scores, at);
            Lanes.store(ONE.sub(tanh.mul(tanh)), slopes, at);
        }
    }

    /**
     * Hides keys after a query and keys that have left its window, a query in each lane and a key in each row; the first
     * lane is {@code age} past the first key.
     */
    static void hide(MemorySegment scores, int lane, int length, int age, int window) {
        FloatVector ages = LANE.add((float) age);
        float oldest = window == 0 ? Float.POSITIVE_INFINITY : window;
        for (int j = 0; j < length; j++) {
            long at = (long) j * LANES + lane;
            hide(scores, at, ages.sub((float) j), oldest);
        }
    }

    /** The same for queries at some positions, a position for each lane. */
    static void hide(MemorySegment scores, int lane, int length, float[] positions, int firstKey, int window) {
        FloatVector ages = FloatVector.fromArray(Lanes.FLOATS, positions, lane).sub((float) firstKey);
        float oldest = window == 0 ? Float.POSITIVE_INFINITY : window;
        for (int j = 0; j < length; j++) {
            long at = (long) j * LANES + lane;
            hide(scores, at, ages.sub((float) j), oldest);
        }
    }

    /** The same with a key in each lane and a query in each row; the first row is {@code age} past the first lane. */
    static void hideKeys(MemorySegment scores, int lane, int length, int age, int window) {
        FloatVector ages = LANE.neg().add((float) age);
        float oldest = window == 0 ? Float.POSITIVE_INFINITY : window;
        for (int j = 0; j < length; j++) {
            long at = (long) j * LANES + lane;
            hide(scores, at, ages.add((float) j), oldest);
        }
    }

    private static void hide(MemorySegment scores, long at, FloatVector old, float oldest) {
        FloatVector score = Lanes.load(scores, at)
                .blend(Float.NEGATIVE_INFINITY, old.compare(VectorOperators.LT, 0f))
                .blend(Float.NEGATIVE_INFINITY, old.compare(VectorOperators.GE, oldest));
        Lanes.store(score, scores, at);
    }
}
