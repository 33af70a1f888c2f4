package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.rankgrid.backends.scalar.HostTensor;

/**
 * Consecutive positions of one head with a position in each of two vectors' lanes, feature by feature: a right side of the
 * micro-kernel. Used by one thread.
 */
final class LanePanel implements AutoCloseable {

    private static final int LANES = MicroKernel.COLUMNS;

    private final NativeScratch scratch = new NativeScratch();
    private final FloatScratch staging = new FloatScratch();
    private final FloatScratch rowScratch = new FloatScratch();

    /**
     * Takes d features of some rows, times a factor; lanes without a row are zero.
     *
     * @param count number of rows, at most as many as there are lanes
     */
    MemorySegment read(HostTensor tensor, int firstRow, int column, int d, int count, float factor) {
        float[] values = staging.atLeast(d * LANES);
        float[] row = rowScratch.atLeast(d);
        Arrays.fill(values, 0, d * LANES, 0);
        for (int lane = 0; lane < count; lane++) {
            tensor.readPart(firstRow + lane, column, d, row);
            for (int i = 0; i < d; i++) {
                values[i * LANES + lane] = row[i] * factor;
            }
        }
        MemorySegment panel = scratch.floats((long) d * LANES);
        MemorySegment.copy(values, 0, panel, ValueLayout.JAVA_FLOAT, 0, d * LANES);
        return panel;
    }

    /** Writes a panel that lies in an array, times a factor, to d features of some rows. */
    static void write(float[] panel, float factor, HostTensor tensor, int firstRow, int column, int d, int count) {
        for (int lane = 0; lane < count; lane++) {
            long at = tensor.offset(firstRow + lane) + column;
            for (int i = 0; i < d; i++) {
                tensor.data().setAtIndex(ValueLayout.JAVA_FLOAT, at + i, panel[i * LANES + lane] * factor);
            }
        }
    }

    @Override
    public void close() {
        scratch.close();
    }
}
