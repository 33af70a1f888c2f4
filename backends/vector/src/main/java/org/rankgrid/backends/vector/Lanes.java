package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The species everything computes with, fixed when the class is initialised so that they are constants to the JIT. */
final class Lanes {

    /** Whole vectors of floats. */
    static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(VectorWidth.bits()));

    /** Whole vectors of doubles. */
    static final VectorSpecies<Double> DOUBLES = FLOATS.withLanes(double.class);

    /** As many floats as a whole vector has doubles. */
    static final VectorSpecies<Float> HALF =
            VectorSpecies.of(float.class, VectorShape.forBitSize(VectorWidth.bits() / 2));

    /** Floats in a vector. */
    static final int WIDTH = FLOATS.length();

    /** Bytes in a vector. */
    static final int BYTES = WIDTH * Float.BYTES;

    /** Doubles in a vector. */
    static final int HALF_WIDTH = DOUBLES.length();

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private Lanes() {}

    /** The vector at a float index. */
    static FloatVector load(MemorySegment data, long index) {
        return loadBytes(data, index * Float.BYTES);
    }

    /** The vector at a byte. */
    static FloatVector loadBytes(MemorySegment data, long offset) {
        return FloatVector.fromMemorySegment(FLOATS, data, offset, ORDER);
    }

    /** The first {@code count} lanes at a float index, the others zero. */
    static FloatVector load(MemorySegment data, long index, int count) {
        return FloatVector.fromMemorySegment(FLOATS, data, index * Float.BYTES, ORDER, FLOATS.indexInRange(0, count));
    }

    /** Writes a vector at a float index. */
    static void store(FloatVector vector, MemorySegment data, long index) {
        vector.intoMemorySegment(data, index * Float.BYTES, ORDER);
    }

    /** Writes the first {@code count} lanes at a float index. */
    static void store(FloatVector vector, MemorySegment data, long index, int count) {
        vector.intoMemorySegment(data, index * Float.BYTES, ORDER, FLOATS.indexInRange(0, count));
    }

    /** Sets floats from a float index on to zero. */
    static void clear(MemorySegment data, long index, int count) {
        FloatVector zero = FloatVector.zero(FLOATS);
        int whole = FLOATS.loopBound(count);
        for (int j = 0; j < whole; j += WIDTH) {
            store(zero, data, index + j);
        }
        store(zero, data, index + whole, count - whole);
    }

    /** Floats at a float index, as doubles. */
    static DoubleVector widen(MemorySegment data, long index) {
        return widen(FloatVector.fromMemorySegment(HALF, data, index * Float.BYTES, ORDER));
    }

    /** The first {@code count} floats at a float index as doubles, the others zero. */
    static DoubleVector widen(MemorySegment data, long index, int count) {
        return widen(
                FloatVector.fromMemorySegment(HALF, data, index * Float.BYTES, ORDER, HALF.indexInRange(0, count)));
    }

    /** Half a vector of floats as doubles; exact. */
    static DoubleVector widen(FloatVector half) {
        return (DoubleVector) half.convertShape(VectorOperators.F2D, DOUBLES, 0);
    }

    /** The doubles at a double index. */
    static DoubleVector loadDoubles(MemorySegment data, long index) {
        return DoubleVector.fromMemorySegment(DOUBLES, data, index * Double.BYTES, ORDER);
    }

    /** Writes doubles at a double index. */
    static void store(DoubleVector vector, MemorySegment data, long index) {
        vector.intoMemorySegment(data, index * Double.BYTES, ORDER);
    }

    /** The first {@code count} doubles at a double index, the others zero. */
    static DoubleVector loadDoubles(MemorySegment data, long index, int count) {
        return DoubleVector.fromMemorySegment(
                DOUBLES, data, index * Double.BYTES, ORDER, DOUBLES.indexInRange(0, count));
    }

    /** Writes the first {@code count} doubles at a double index. */
    static void store(DoubleVector vector, MemorySegment data, long index, int count) {
        vector.intoMemorySegment(data, index * Double.BYTES, ORDER, DOUBLES.indexInRange(0, count));
    }

    /**
     * Sum of the lanes from the first to the last. {@code reduceLanes} leaves the order open: of the same numbers, compiled and
     * interpreted code were seen to return different sums.
     */
    static double sum(DoubleVector vector) {
        // Each lane by a constant: of another the JIT makes an object.
        double sum = vector.lane(0) + vector.lane(1);
        if (HALF_WIDTH > 2) {
            sum = sum + vector.lane(2) + vector.lane(3);
        }
        if (HALF_WIDTH > 4) {
            sum = sum + vector.lane(4) + vector.lane(5) + vector.lane(6) + vector.lane(7);
        }
        return sum;
    }

    /** The smallest multiple of a step that is not below a count. */
    static int roundUp(int count, int step) {
        return Math.multiplyExact(Math.ceilDiv(count, step), step);
    }
}
