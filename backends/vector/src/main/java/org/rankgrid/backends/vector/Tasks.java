package org.rankgrid.backends.vector;

import org.rankgrid.backends.scalar.HostTensor;

/** Divides what is done to a tensor row by row, or value by value, among the threads of a pool. */
final class Tasks {

    /** Values of a task: enough that handing it out costs nothing beside it, few enough to stay in the second cache. */
    static final int VALUES = 1 << 14;

    private Tasks() {}

    /** What is done to one row. */
    interface Row {
        void apply(int row);
    }

    /** What is done to the values from one place up to another, on a thread of the pool. */
    interface Range {
        void apply(long first, long last, int worker);
    }

    static void forRows(WorkerPool pool, HostTensor x, Row action) {
        int share = Math.clamp(VALUES / x.columns(), 1, x.rows());
        pool.run(Math.ceilDiv(x.rows(), share), (task, worker) -> {
            int last = Math.min(x.rows(), (task + 1) * share);
            for (int row = task * share; row < last; row++) {
                action.apply(row);
            }
        });
    }

    static void forRanges(WorkerPool pool, HostTensor x, Range range) {
        long values = (long) x.rows() * x.columns();
        pool.run(Math.toIntExact(Math.ceilDiv(values, VALUES)), (task, worker) -> {
            long first = (long) task * VALUES;
            range.apply(first, Math.min(values, first + VALUES), worker);
        });
    }
}
