package org.rankgrid.backends.openblas;

/**
 * A product cut into tiles of a fixed size, each one SGEMM on one thread. That the size does not depend on the number of
 * threads keeps the bits the same for any number of them.
 *
 * @param rows rows of the result
 * @param columns columns of the result
 */
record Tiles(int rows, int columns) {

    /** A few hundred each way: packing the operands costs little beside the product, and there are tiles for all threads. */
    static final int ROWS = 256;

    static final int COLUMNS = 512;

    /** Number of tiles. */
    int count() {
        return Math.ceilDiv(rows, ROWS) * tilesAcross();
    }

    private int tilesAcross() {
        return Math.ceilDiv(columns, COLUMNS);
    }

    int firstRow(int tile) {
        return tile / tilesAcross() * ROWS;
    }

    int rowCount(int tile) {
        return Math.min(ROWS, rows - firstRow(tile));
    }

    int firstColumn(int tile) {
        return tile % tilesAcross() * COLUMNS;
    }

    int columnCount(int tile) {
        return Math.min(COLUMNS, columns - firstColumn(tile));
    }
}
