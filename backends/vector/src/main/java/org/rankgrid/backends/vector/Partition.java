package org.rankgrid.backends.vector;

/**
 * A product divided into tasks: blocks of rows, and of column units too where the rows alone would leave threads idle.
 *
 * @param rows rows altogether
 * @param units column units (panels, for one) altogether
 * @param blockRows rows of a block
 * @param blockUnits column units of a block
 */
record Partition(int rows, int units, int blockRows, int blockUnits) {

    /** Rows of which a block of features takes two fifths of the second cache; the panels they meet pass through the rest. */
    private static final int MOST_ROWS = mostRows(CacheSizes.second());

    /** Fewer rows than this do not pay for reading the weight once more. */
    private static final int FEWEST_ROWS = 48;

    /** Between 96 and 384, for a cache of so many bytes: 192 for 1 MiB. */
    static int mostRows(long cache) {
        long rows = cache * 2 / 5 / ((long) BlockProduct.BLOCK * Float.BYTES);
        return (int) Math.clamp(rows / FEWEST_ROWS * FEWEST_ROWS, 2L * FEWEST_ROWS, 8L * FEWEST_ROWS);
    }

    /** Blocks of rows and columns for a number of threads: twice as many rows as fit, as the weight is read half as often so. */
    static Partition of(int rows, int units, int threads) {
        return withColumns(ofRows(rows, units, threads, 2 * MOST_ROWS), threads);
    }

    /**
     * Blocks of as many rows as fit, in whose many columns there is work for all threads: few rows do not read them twice,
     * and no thread waits for another's last block.
     */
    static Partition wide(int rows, int units, int threads) {
        int rowBlocks = Math.ceilDiv(rows, MOST_ROWS);
        int blockRows = Lanes.roundUp(Math.ceilDiv(rows, rowBlocks), MicroKernel.ROWS);
        int columnBlocks = 1;
        while (columnBlocks < units && rowBlocks * columnBlocks % threads != 0) {
            columnBlocks++;
        }
        return new Partition(rows, units, blockRows, Math.ceilDiv(units, columnBlocks));
    }

    private static Partition withColumns(Partition byRows, int threads) {
        int units = byRows.units;
        int columnBlocks = Math.clamp(threads / byRows.rowBlocks(), 1, units);
        return new Partition(byRows.rows, units, byRows.blockRows, Math.ceilDiv(units, columnBlocks));
    }

    /** Blocks of rows alone. */
    static Partition ofRows(int rows, int units, int threads) {
        return ofRows(rows, units, threads, MOST_ROWS);
    }

    private static Partition ofRows(int rows, int units, int threads, int most) {
        int rounds = Math.ceilDiv(rows, threads * most);
        int blocks = Math.clamp((long) rounds * threads, 1, Math.ceilDiv(rows, FEWEST_ROWS));
        blocks = Math.max(blocks, Math.ceilDiv(rows, most));
        int blockRows = Lanes.roundUp(Math.ceilDiv(rows, blocks), MicroKernel.ROWS);
        return new Partition(rows, units, blockRows, units);
    }

    private int rowBlocks() {
        return Math.ceilDiv(rows, blockRows);
    }

    private int columnBlocks() {
        return Math.ceilDiv(units, blockUnits);
    }

    /** Number of tasks. */
    int tasks() {
        return rowBlocks() * columnBlocks();
    }

    /** First row of a task. */
    int firstRow(int task) {
        return task / columnBlocks() * blockRows;
    }

    /** Rows of a task. */
    int rowCount(int task) {
        return Math.min(blockRows, rows - firstRow(task));
    }

    /** First column unit of a task. */
    int firstUnit(int task) {
        return task % columnBlocks() * blockUnits;
    }

    /** Column unit after the last of a task. */
    int lastUnit(int task) {
        return Math.min(units, firstUnit(task) + blockUnits);
    }
}
