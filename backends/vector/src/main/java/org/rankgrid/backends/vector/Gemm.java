package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.rankgrid.backends.scalar.HostTensor;

/** Products of activations with packed weights, on all threads. */
final class Gemm implements AutoCloseable {

    private final WorkerPool pool;
    private final Workspace[] workspaces;

    Gemm(WorkerPool pool) {
        this.pool = pool;
        this.workspaces = new Workspace[pool.threads()];
        for (int i = 0; i < workspaces.length; i++) {
            workspaces[i] = new Workspace();
        }
    }

    /** y = W x + b; x t by n, W m by n, y t by m. */
    void dense(HostTensor x, PackedMatrix weight, @Nullable HostTensor bias, HostTensor y) {
        Partition parts = Partition.of(x.rows(), weight.panels(), pool.threads());
        pool.run(parts.tasks(), (task, worker) -> {
            Workspace own = workspaces[worker];
            int row = parts.firstRow(task);
            int count = parts.rowCount(task);
            int column = parts.firstUnit(task) * MicroKernel.COLUMNS;
            own.rows.take(x.data(), x.offset(row), count, x.columns());
            own.product.multiply(
                    own.rows,
                    weight,
                    parts.firstUnit(task),
                    parts.lastUnit(task),
                    values(bias),
                    y.data(),
                    y.offset(row) + column,
                    y.columns());
        });
    }

    /** y = A (B x) + b; x t by n, B k by n, A m by k, y t by m. A block of rows goes through both factors at once. */
    void lowRank(HostTensor x, PackedMatrix left, PackedMatrix right, @Nullable HostTensor bias, HostTensor y) {
        Partition parts = Partition.ofRows(x.rows(), 1, pool.threads());
        int k = right.rows();
        int stride = Lanes.roundUp(k, Lanes.WIDTH);
        pool.run(parts.tasks(), (task, worker) -> {
            Workspace own = workspaces[worker];
            int row = parts.firstRow(task);
            int count = parts.rowCount(task);
            MemorySegment inner = own.inner.floats((long) parts.blockRows() * stride);
            own.rows.take(x.data(), x.offset(row), count, x.columns());
            own.product.multiply(own.rows, right, 0, right.panels(), null, inner, 0, stride);
            own.rows.take(inner, 0, count, k, stride);
            own.product.multiply(own.rows, left, 0, left.panels(), values(bias), y.data(), y.offset(row), y.columns());
        });
    }

    private static @Nullable MemorySegment values(@Nullable HostTensor bias) {
        return bias == null ? null : bias.data();
    }

    @Override
    public void close() {
        for (Workspace workspace : workspaces) {
            workspace.inner.close();
        }
    }

    /** What one thread keeps between calls. */
    private static final class Workspace {
        private final RowBlock rows = new RowBlock();
        private final BlockProduct product = new BlockProduct();
        private final NativeScratch inner = new NativeScratch();
    }
}
