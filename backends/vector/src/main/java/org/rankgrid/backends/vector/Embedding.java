package org.rankgrid.backends.vector;

import org.rankgrid.backends.scalar.HostTensor;

/** Rows of a packed table. */
final class Embedding {

    private static final int ROWS = 64;

    private final WorkerPool pool;
    private final FloatScratch[] rows;

    Embedding(WorkerPool pool) {
        this.pool = pool;
        this.rows = FloatScratch.forEach(pool);
    }

    /** out[r] = table[ids[r]]. */
    void embed(PackedMatrix table, int[] ids, HostTensor out) {
        pool.run(Math.ceilDiv(ids.length, ROWS), (task, worker) -> {
            float[] row = rows[worker].atLeast(table.columns());
            int last = Math.min(ids.length, (task + 1) * ROWS);
            for (int r = task * ROWS; r < last; r++) {
                table.readRow(ids[r], row);
                out.writeRow(r, row);
            }
        });
    }
}
