package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The innermost product: a tile of a few rows by 2 vectors of columns held in registers.
 *
 * <p>Eight rows take sixteen accumulators of the 32 registers of AVX-512; with the sixteen registers of AVX2 the JIT spills
 * six rows, but not four.
 */
final class MicroKernel {

    /** Rows of a tile: by the number of vector registers, 32 or 16. */
    static final int ROWS = VectorWidth.manyRegisters() ? 8 : 4;

    /** Columns of a tile. */
    static final int COLUMNS = 2 * Lanes.WIDTH;

    /** Values of a tile. */
    static final int TILE = ROWS * COLUMNS;

    private MicroKernel() {}

    /**
     * tile = a b, each element summed over p = 0, 1, ... by fused multiply-adds.
     *
     * @param a value of row i at p is at {@code aOffset + i * aStride + p}
     * @param b value of column j at p is at float {@code bOffset + p * COLUMNS + j}
     * @param length number of products to sum
     * @param tile receives ROWS by COLUMNS values
     */
    static void multiply(float[] a, int aOffset, int aStride, MemorySegment b, long bOffset, int length, float[] tile) {
        if (ROWS == 8) {
            eightRows(a, aOffset, aStride, b, bOffset, length, tile);
        } else {
            fourRows(a, aOffset, aStride, b, bOffset, length, tile);
        }
    }

    private static void eightRows(
            float[] a, int aOffset, int aStride, MemorySegment b, long bOffset, int length, float[] tile) {
        FloatVector left0 = FloatVector.zero(Lanes.FLOATS);
        FloatVector left1 = left0;
        FloatVector left2 = left0;
        FloatVector left3 = left0;
        FloatVector left4 = left0;
        FloatVector left5 = left0;
        FloatVector left6 = left0;
        FloatVector left7 = left0;
        FloatVector right0 = left0;
        FloatVector right1 = left0;
        FloatVector right2 = left0;
        FloatVector right3 = left0;
        FloatVector right4 = left0;
        FloatVector right5 = left0;
        FloatVector right6 = left0;
        FloatVector right7 = left0;
        // Byte by byte along b, and along a from a place of each row's own: with other forms the JIT kept range checks.
        int at1 = aOffset + aStride;
        int at2 = at1 + aStride;
        int at3 = at2 + aStride;
        int at4 = at3 + aStride;
        int at5 = at4 + aStride;
        int at6 = at5 + aStride;
        int at7 = at6 + aStride;
        long at = bOffset * Float.BYTES;
        for (int p = 0; p < length; p++) {
            FloatVector left = Lanes.loadBytes(b, at);
            FloatVector right = Lanes.loadBytes(b, at + Lanes.BYTES);
            FloatVector row0 = FloatVector.broadcast(Lanes.FLOATS, a[aOffset + p]);
            left0 = row0.fma(left, left0);
            right0 = row0.fma(right, right0);
            FloatVector row1 = FloatVector.broadcast(Lanes.FLOATS, a[at1 + p]);
            left1 = row1.fma(left, left1);
            right1 = row1.fma(right, right1);
            FloatVector row2 = FloatVector.broadcast(Lanes.FLOATS, a[at2 + p]);
            left2 = row2.fma(left, left2);
            right2 = row2.fma(right, right2);
            FloatVector row3 = FloatVector.broadcast(Lanes.FLOATS, a[at3 + p]);
            left3 = row3.fma(left, left3);
            right3 = row3.fma(right, right3);
            FloatVector row4 = FloatVector.broadcast(Lanes.FLOATS, a[at4 + p]);
            left4 = row4.fma(left, left4);
            right4 = row4.fma(right, right4);
            FloatVector row5 = FloatVector.broadcast(Lanes.FLOATS, a[at5 + p]);
            left5 = row5.fma(left, left5);
            right5 = row5.fma(right, right5);
            FloatVector row6 = FloatVector.broadcast(Lanes.FLOATS, a[at6 + p]);
            left6 = row6.fma(left, left6);
            right6 = row6.fma(right, right6);
            FloatVector row7 = FloatVector.broadcast(Lanes.FLOATS, a[at7 + p]);
            left7 = row7.fma(left, left7);
            right7 = row7.fma(right, right7);
            at += 2L * Lanes.BYTES;
        }
        store(left0, right0, tile, 0);
        store(left1, right1, tile, COLUMNS);
        store(left2, right2, tile, 2 * COLUMNS);
        store(left3, right3, tile, 3 * COLUMNS);
        store(left4, right4, tile, 4 * COLUMNS);
        store(left5, right5, tile, 5 * COLUMNS);
        store(left6, right6, tile, 6 * COLUMNS);
        store(left7, right7, tile, 7 * COLUMNS);
    }

    private static void fourRows(
            float[] a, int aOffset, int aStride, MemorySegment b, long bOffset, int length, float[] tile) {
        FloatVector left0 = FloatVector.zero(Lanes.FLOATS);
        FloatVector left1 = left0;
        FloatVector left2 = left0;
        FloatVector left3 = left0;
        FloatVector right0 = left0;
        FloatVector right1 = left0;
        FloatVector right2 = left0;
        FloatVector right3 = left0;
        // Byte by byte along b, and along a from a place of each row's own: with other forms the JIT kept range checks.
        int at1 = aOffset + aStride;
        int at2 = at1 + aStride;
        int at3 = at2 + aStride;
        long at = bOffset * Float.BYTES;
        for (int p = 0; p < length; p++) {
            FloatVector left = Lanes.loadBytes(b, at);
            FloatVector right = Lanes.loadBytes(b, at + Lanes.BYTES);
            FloatVector row0 = FloatVector.broadcast(Lanes.FLOATS, a[aOffset + p]);
            left0 = row0.fma(left, left0);
            right0 = row0.fma(right, right0);
            FloatVector row1 = FloatVector.broadcast(Lanes.FLOATS, a[at1 + p]);
            left1 = row1.fma(left, left1);
            right1 = row1.fma(right, right1);
            FloatVector row2 = FloatVector.broadcast(Lanes.FLOATS, a[at2 + p]);
            left2 = row2.fma(left, left2);
            right2 = row2.fma(right, right2);
            FloatVector row3 = FloatVector.broadcast(Lanes.FLOATS, a[at3 + p]);
            left3 = row3.fma(left, left3);
            right3 = row3.fma(right, right3);
            at += 2L * Lanes.BYTES;
        }
        store(left0, right0, tile, 0);
        store(left1, right1, tile, COLUMNS);
        store(left2, right2, tile, 2 * COLUMNS);
        store(left3, right3, tile, 3 * COLUMNS);
    }

    private static void store(FloatVector left, FloatVector right, float[] tile, int offset) {
        left.intoArray(tile, offset);
        right.intoArray(tile, offset + Lanes.WIDTH);
    }
}
