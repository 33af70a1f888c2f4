package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;
import org.rankgrid.backends.scalar.HostMoments;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.spi.compute.PackedSequences;

/**
 * Moments of activations in double: the lower triangle of the Gram matrix, and sums of the features.
 *
 * <p>Products of two floats are exact in double, and every sum adds one token after the other in order, straight onto what
 * was there: blocks of tokens, sequences and threads leave no trace in the bits.
 */
final class Syrk {

    /** Tokens taken at once: the longer, the less often the Gram matrix is read and written. */
    private static final int TOKENS = 512;

    /** Tokens of two panels that stay in the nearest cache while all tiles of their product take them. */
    private static final int RUN = 64;

    /** Columns of a panel, and of a tile of the Gram matrix. */
    private static final int COLUMNS = 2 * Lanes.HALF_WIDTH;

    /** Rows of a tile; divides the columns of a panel, so that a panel serves both sides. */
    private static final int ROWS = 4;

    /** Doubles from a row of a tile to the next. */
    private static final int STRIDE = HostMoments.PANEL;

    private final WorkerPool pool;
    private double[] panels = {};

    Syrk(WorkerPool pool) {
        this.pool = pool;
    }

    /** Adds the rows of x (t by n). */
    void accumulate(HostTensor x, PackedSequences batch, int[] groups, HostMoments into) {
        int count = Math.ceilDiv(x.columns(), COLUMNS);
        int size = Math.multiplyExact(Math.multiplyExact(count, COLUMNS), TOKENS);
        if (panels.length < size) {
            panels = new double[size];
        }
        for (int s = 0; s < batch.count(); s++) {
            into.countTokens(groups[s], batch.length(s));
        }
        for (int first = 0; first < x.rows(); first += TOKENS) {
            int row = first;
            int tokens = Math.min(TOKENS, x.rows() - first);
            pool.run(count, (panel, worker) -> {
                widen(x, row, tokens, panel);
                addSums(panel, row, tokens, batch, groups, into);
            });
            pool.run(count, (panel, worker) -> addPanel(panel, count, tokens, into));
        }
    }

    /** Copies a panel of columns, token by token, as doubles; columns that are missing become zero. */
    private void widen(HostTensor x, int firstRow, int tokens, int panel) {
        int column = panel * COLUMNS;
        int left = Math.min(Lanes.HALF_WIDTH, x.columns() - column);
        int right = Math.clamp((long) x.columns() - column - Lanes.HALF_WIDTH, 0, Lanes.HALF_WIDTH);
        int at = panel * COLUMNS * TOKENS;
        for (int token = 0; token < tokens; token++) {
            long from = x.offset(firstRow + token) + column;
            widen(x.data(), from, left).intoArray(panels, at);
            widen(x.data(), from + Lanes.HALF_WIDTH, right).intoArray(panels, at + Lanes.HALF_WIDTH);
            at += COLUMNS;
        }
    }

    private static DoubleVector widen(MemorySegment x, long at, int count) {
        return count == Lanes.HALF_WIDTH ? Lanes.widen(x, at) : Lanes.widen(x, at, count);
    }

    /** All tiles of the lower triangle whose columns are those of one panel. */
    private void addPanel(int panel, int count, int tokens, HostMoments into) {
        for (int other = panel; other < count; other++) {
            for (int token = 0; token < tokens; token += RUN) {
                int run = Math.min(RUN, tokens - token);
                int rows = (other * TOKENS + token) * COLUMNS;
                int columns = (panel * TOKENS + token) * COLUMNS;
                for (int i = 0; i < COLUMNS; i += ROWS) {
                    long corner = into.gramOffset(other * COLUMNS + i, panel * COLUMNS);
                    addTile(panels, rows + i, columns, run, into.gram(), corner);
                }
            }
        }
    }

    /** gram += sum over tokens of a bT for 4 rows and 2 vectors of columns. */
    private static void addTile(double[] panels, int a, int b, int tokens, MemorySegment gram, long corner) {
        DoubleVector left0 = Lanes.loadDoubles(gram, corner);
        DoubleVector right0 = Lanes.loadDoubles(gram, corner + Lanes.HALF_WIDTH);
        DoubleVector left1 = Lanes.loadDoubles(gram, corner + STRIDE);
        DoubleVector right1 = Lanes.loadDoubles(gram, corner + STRIDE + Lanes.HALF_WIDTH);
        DoubleVector left2 = Lanes.loadDoubles(gram, corner + 2 * STRIDE);
        DoubleVector right2 = Lanes.loadDoubles(gram, corner + 2 * STRIDE + Lanes.HALF_WIDTH);
        DoubleVector left3 = Lanes.loadDoubles(gram, corner + 3 * STRIDE);
        DoubleVector right3 = Lanes.loadDoubles(gram, corner + 3 * STRIDE + Lanes.HALF_WIDTH);
        for (int token = 0; token < tokens; token++) {
            int i = a + token * COLUMNS;
            int j = b + token * COLUMNS;
            DoubleVector left = DoubleVector.fromArray(Lanes.DOUBLES, panels, j);
            DoubleVector right = DoubleVector.fromArray(Lanes.DOUBLES, panels, j + Lanes.HALF_WIDTH);
            DoubleVector row0 = DoubleVector.broadcast(Lanes.DOUBLES, panels[i]);
            left0 = row0.fma(left, left0);
            right0 = row0.fma(right, right0);
            DoubleVector row1 = DoubleVector.broadcast(Lanes.DOUBLES, panels[i + 1]);
            left1 = row1.fma(left, left1);
            right1 = row1.fma(right, right1);
            DoubleVector row2 = DoubleVector.broadcast(Lanes.DOUBLES, panels[i + 2]);
            left2 = row2.fma(left, left2);
            right2 = row2.fma(right, right2);
            DoubleVector row3 = DoubleVector.broadcast(Lanes.DOUBLES, panels[i + 3]);
            left3 = row3.fma(left, left3);
            right3 = row3.fma(right, right3);
        }
        Lanes.store(left0, gram, corner);
        Lanes.store(right0, gram, corner + Lanes.HALF_WIDTH);
        Lanes.store(left1, gram, corner + STRIDE);
        Lanes.store(right1, gram, corner + STRIDE + Lanes.HALF_WIDTH);
        Lanes.store(left2, gram, corner + 2 * STRIDE);
        Lanes.store(right2, gram, corner + 2 * STRIDE + Lanes.HALF_WIDTH);
        Lanes.store(left3, gram, corner + 3 * STRIDE);
        Lanes.store(right3, gram, corner + 3 * STRIDE + Lanes.HALF_WIDTH);
    }

    /** Adds some tokens' x and |x| in a panel to the sums of their groups and to the absolute sums. */
    private void addSums(int panel, int firstRow, int tokens, PackedSequences batch, int[] groups, HostMoments into) {
        int width = Math.min(COLUMNS, into.columns() - panel * COLUMNS);
        for (int s = 0; s < batch.count(); s++) {
            int from = Math.max(batch.start(s), firstRow);
            int to = Math.min(batch.end(s), firstRow + tokens);
            for (int j = 0; from < to && j < width; j += Lanes.HALF_WIDTH) {
                int column = panel * COLUMNS + j;
                int columns = Math.min(Lanes.HALF_WIDTH, width - j);
                long sums = (long) groups[s] * into.columns() + column;
                int at = (panel * TOKENS + from - firstRow) * COLUMNS + j;
                addSums(panels, at, to - from, columns, into.groupSums(), sums, into.absoluteSums(), column);
            }
        }
    }

    private static void addSums(
            double[] panels,
            int from,
            int tokens,
            int columns,
            MemorySegment sums,
            long sumsAt,
            MemorySegment absolute,
            long absoluteAt) {
        DoubleVector sum = Lanes.loadDoubles(sums, sumsAt, columns);
        DoubleVector size = Lanes.loadDoubles(absolute, absoluteAt, columns);
        for (int token = 0; token < tokens; token++) {
            DoubleVector value = DoubleVector.fromArray(Lanes.DOUBLES, panels, from + token * COLUMNS);
            sum = sum.add(value);
            size = size.add(value.abs());
        }
        Lanes.store(sum, sums, sumsAt, columns);
        Lanes.store(size, absolute, absoluteAt, columns);
    }
}
