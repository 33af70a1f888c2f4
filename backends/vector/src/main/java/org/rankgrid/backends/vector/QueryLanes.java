package org.rankgrid.backends.vector;

import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.PackedSequences;

/**
 * The queries in the lanes of a panel: those of the heads that read the same keys, position by position. A few positions
 * fill a panel so, and its queries are nearly as old as each other.
 */
final class QueryLanes {

    private final int[] rows = new int[MicroKernel.COLUMNS];
    private final int[] columns = new int[MicroKernel.COLUMNS];
    private final float[] positions = new float[MicroKernel.COLUMNS];
    private int count;
    private int first;
    private int last;

    /**
     * Takes consecutive queries of a sequence.
     *
     * @param narrow the head of keys and values
     * @param query the first, of (rows of the sequence) * (query heads of a narrow one)
     * @param queries how many, at most as many as there are lanes
     */
    void take(AttentionShape shape, PackedSequences batch, int s, int narrow, int query, int queries) {
        int group = shape.heads() / shape.keyValueHeads();
        count = queries;
        first = batch.first(s) + query / group;
        last = batch.first(s) + (query + queries - 1) / group;
        for (int lane = 0; lane < queries; lane++) {
            int own = (query + lane) / group;
            rows[lane] = batch.start(s) + own;
            columns[lane] = (narrow * group + (query + lane) % group) * shape.headSize();
            positions[lane] = batch.first(s) + own;
        }
    }

    /** Lanes that hold a query. */
    int count() {
        return count;
    }

    /** Row of a lane's query. */
    int row(int lane) {
        return rows[lane];
    }

    /** First column of a lane's query. */
    int column(int lane) {
        return columns[lane];
    }

    /** Position of every lane's query; of a lane without one it means nothing. */
    float[] positions() {
        return positions;
    }

    /** The earliest position. */
    int first() {
        return first;
    }

    /** The latest position. */
    int last() {
        return last;
    }
}
