package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.rankgrid.backends.scalar.HostTensor;

/**
 * Consecutive positions of one head, or queries, with one in each of two vectors' lanes, feature by feature: a right side of the
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
        Arrays.fill(staging.atLeast(d * LANES), 0, d * LANES, 0);
        for (int lane = 0; lane < count; lane++) {
            stage(tensor, firstRow + lane, column, d, lane, factor);
        }
        return staged(d);
    }

    /** Takes d features of some queries, times a factor; lanes without one are zero. */
    MemorySegment read(HostTensor tensor, QueryLanes lanes, int d, float factor) {
        Arrays.fill(staging.atLeast(d * LANES), 0, d * LANES, 0);
        for (int lane = 0; lane < lanes.count(); lane++) {
            stage(tensor, lanes.row(lane), lanes.column(lane), d, lane, factor);
        }
        return staged(d);
    }

    private void stage(HostTensor tensor, int row, int column, int d, int lane, float factor) {
        float[] values = staging.atLeast(d * LANES);
        float[] part = rowScratch.atLeast(d);
        tensor.readPart(row, column, d, part);
        for (int i = 0; i < d; i++) {
            values[i * LANES + lane] = part[i] * factor;
        }
    }

    private MemorySegment staged(int d) {
        MemorySegment panel = scratch.floats((long) d * LANES);
        MemorySegment.copy(staging.atLeast(d * LANES), 0, panel, ValueLayout.JAVA_FLOAT, 0, d * LANES);
        return panel;
    }

    /** Writes a panel that lies in an array, times a factor, to d features of some rows. */
    void write(float[] panel, float factor, HostTensor tensor, int firstRow, int column, int d, int count) {
        for (int lane = 0; lane < count; lane++) {
            write(panel, lane, factor, tensor, firstRow + lane, column, d);
        }
    }

    /** Writes a panel that lies in an array to d features of some queries. */
    void write(float[] panel, HostTensor tensor, QueryLanes lanes, int d) {
        for (int lane = 0; lane < lanes.count(); lane++) {
            write(panel, lane, 1, tensor, lanes.row(lane), lanes.column(lane), d);
        }
    }

    private void write(float[] panel, int lane, float factor, HostTensor tensor, int row, int column, int d) {
        float[] part = rowScratch.atLeast(d);
        for (int i = 0; i < d; i++) {
            part[i] = panel[i * LANES + lane] * factor;
        }
        tensor.writePart(row, column, d, part);
    }

    @Override
    public void close() {
        scratch.close();
    }
}
