package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;

/**
 * Transposes of packed weights, packed like any other, so that the way back through a layer is a product like the way
 * forward. The memory is used again: a transpose lasts until the next.
 */
final class Transposition implements AutoCloseable {

    private static final int SIDE = MicroKernel.COLUMNS;

    /** Where the values of one row of the weight lie in a square: a column's place apart. */
    private static final int[] PLACES =
            IntStream.range(0, Lanes.WIDTH).map(lane -> lane * SIDE).toArray();

    private final WorkerPool pool;
    private final NativeScratch scratch = new NativeScratch();
    private final float[][] squares;

    Transposition(WorkerPool pool) {
        this.pool = pool;
        this.squares = new float[pool.threads()][SIDE * SIDE];
    }

    /** The n by m transpose of an m by n weight; lanes past its last row mean nothing. */
    PackedMatrix of(PackedMatrix weight) {
        int rows = weight.columns();
        int columns = weight.rows();
        MemorySegment data = scratch.floats((long) Lanes.roundUp(rows, SIDE) * columns);
        PackedMatrix transpose = new PackedMatrix(data, rows, columns);
        pool.run(transpose.panels(), (panel, worker) -> fill(transpose, panel, weight, squares[worker]));
        return transpose;
    }

    /** A panel of the transpose, a square of each panel of the weight after the other. */
    private static void fill(PackedMatrix transpose, int panel, PackedMatrix weight, float[] square) {
        int column = panel * SIDE;
        int columns = Math.min(SIDE, weight.columns() - column);
        for (int row = 0; row < weight.rows(); row += SIDE) {
            long from = weight.offset(row / SIDE, column) * Float.BYTES;
            MemorySegment.copy(weight.data(), ValueLayout.JAVA_FLOAT, from, square, 0, columns * SIDE);
            int rows = Math.min(SIDE, weight.rows() - row);
            transpose(square, rows, transpose.data(), transpose.offset(panel, row));
        }
    }

    private static void transpose(float[] square, int rows, MemorySegment into, long offset) {
        for (int i = 0; i < rows; i++) {
            long at = offset + (long) i * SIDE;
            Lanes.store(FloatVector.fromArray(Lanes.FLOATS, square, i, PLACES, 0), into, at);
            Lanes.store(
                    FloatVector.fromArray(Lanes.FLOATS, square, i + Lanes.WIDTH * SIDE, PLACES, 0),
                    into,
                    at + Lanes.WIDTH);
        }
    }

    @Override
    public void close() {
        scratch.close();
    }
}
