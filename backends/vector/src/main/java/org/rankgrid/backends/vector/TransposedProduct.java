package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;

/**
 * The product of packed rows with a transposed weight, on one thread. The weight stays as it is packed: a block of its rows
 * is transposed panel by panel, each of which then meets one tile of rows after the other.
 *
 * <p>An element is the sum over blocks of the weight's rows in order, each block summed on its own in order; their length
 * depends on the number of rows alone.
 */
final class TransposedProduct implements AutoCloseable {

    private static final int SIDE = MicroKernel.COLUMNS;

    /** Where the values of one row of the weight lie in a square: a column's place apart. */
    private static final int[] PLACES =
            IntStream.range(0, Lanes.WIDTH).map(lane -> lane * SIDE).toArray();

    private final BlockProduct product = new BlockProduct();
    private final NativeScratch scratch = new NativeScratch();
    private final float[] square = new float[SIDE * SIDE];

    /**
     * into = into + rows * W.
     *
     * @param rows rows of the gradient, as many features as rows of the weight are taken
     * @param firstRow the first row of the weight taken, a multiple of the rows of a panel
     * @param lastRow the row after the last
     * @param firstPanel the first panel of input features
     * @param lastPanel the panel after the last
     * @param into row-major; the element of the first row and the first panel's first feature is at float {@code offset}
     * @param stride floats from one row to the next
     */
    void addTo(
            RowTiles rows,
            PackedMatrix weight,
            int firstRow,
            int lastRow,
            int firstPanel,
            int lastPanel,
            MemorySegment into,
            long offset,
            int stride) {
        int block = Lanes.roundUp(BlockProduct.even(lastRow - firstRow), SIDE);
        MemorySegment transposed = scratch.floats((long) block * SIDE);
        for (int row = firstRow; row < lastRow; row += block) {
            int length = Math.min(block, lastRow - row);
            for (int panel = firstPanel; panel < lastPanel; panel++) {
                int column = panel * SIDE;
                int count = Math.min(SIDE, weight.columns() - column);
                transpose(weight, row, length, column, count, transposed);
                long corner = offset + column - (long) firstPanel * SIDE;
                product.addBlock(rows, row - firstRow, length, transposed, 0, into, corner, stride, count);
            }
        }
    }

    /** Lays out some columns of some rows of a weight row by row, whole squares at a time. */
    private void transpose(
            PackedMatrix weight, int firstRow, int rows, int firstColumn, int columns, MemorySegment into) {
        for (int row = 0; row < rows; row += SIDE) {
            long from = weight.offset((firstRow + row) / SIDE, firstColumn);
            MemorySegment.copy(weight.data(), ValueLayout.JAVA_FLOAT, from * Float.BYTES, square, 0, columns * SIDE);
            transpose(square, into, (long) row * SIDE);
        }
    }

    private static void transpose(float[] square, MemorySegment into, long offset) {
        for (int i = 0; i < SIDE; i++) {
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
