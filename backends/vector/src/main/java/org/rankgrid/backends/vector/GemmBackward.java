package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import org.rankgrid.backends.scalar.HostTensor;

/** Gradients through products with packed weights, and with respect to the weights, on all threads. */
final class GemmBackward implements AutoCloseable {

    private final WorkerPool pool;
    private final Gemm gemm;
    private final Transposition outer;
    private final Transposition inner;
    private final Workspace[] workspaces;

    GemmBackward(WorkerPool pool) {
        this.pool = pool;
        this.gemm = new Gemm(pool);
        this.outer = new Transposition(pool);
        this.inner = new Transposition(pool);
        this.workspaces = new Workspace[pool.threads()];
        for (int i = 0; i < workspaces.length; i++) {
            workspaces[i] = new Workspace();
        }
    }

    /** dx = W^T dy; dy t by m, W m by n, dx t by n. */
    void dense(HostTensor dy, PackedMatrix weight, HostTensor dx) {
        gemm.dense(dy, outer.of(weight), null, dx);
    }

    /** dx = B^T (A^T dy); dy t by m, A m by k, B k by n, dx t by n. */
    void lowRank(HostTensor dy, PackedMatrix left, PackedMatrix right, HostTensor dx) {
        gemm.lowRank(dy, outer.of(right), inner.of(left), null, dx);
    }

    /** dW = dW + dy^T x; dy t by m, x t by n, dW m by n. Tokens are taken in blocks of fixed length, in order. */
    void weight(HostTensor dy, HostTensor x, HostTensor into) {
        Partition parts = Partition.of(into.rows(), panels(into.columns()), pool.threads());
        pool.run(parts.tasks(), (task, worker) -> {
            for (int token = 0; token < x.rows(); token += BlockProduct.BLOCK) {
                addOuterProducts(
                        dy, x, token, Math.min(BlockProduct.BLOCK, x.rows() - token), parts, task, worker, into);
            }
        });
    }

    private void addOuterProducts(
            HostTensor dy,
            HostTensor x,
            int token,
            int tokens,
            Partition parts,
            int task,
            int worker,
            HostTensor into) {
        Workspace own = workspaces[worker];
        int row = parts.firstRow(task);
        MemorySegment panel = own.panel.floats((long) BlockProduct.BLOCK * MicroKernel.COLUMNS);
        own.rows.takeColumns(dy.data(), dy.offset(token) + row, parts.rowCount(task), tokens, dy.columns());
        for (int unit = parts.firstUnit(task); unit < parts.lastUnit(task); unit++) {
            int column = unit * MicroKernel.COLUMNS;
            int count = Math.min(MicroKernel.COLUMNS, x.columns() - column);
            copyPanel(x.data(), x.offset(token) + column, x.columns(), tokens, count, panel);
            own.product.addBlock(
                    own.rows, 0, tokens, panel, 0, into.data(), into.offset(row) + column, into.columns(), count);
        }
    }

    /** Copies some columns of consecutive rows; columns that are missing become zero. */
    private static void copyPanel(
            MemorySegment x, long offset, int stride, int rows, int columns, MemorySegment panel) {
        int left = Math.min(Lanes.WIDTH, columns);
        int right = columns - left;
        for (int p = 0; p < rows; p++) {
            long from = offset + (long) p * stride;
            long at = (long) p * MicroKernel.COLUMNS;
            Lanes.store(load(x, from, left), panel, at);
            Lanes.store(load(x, from + left, right), panel, at + Lanes.WIDTH);
        }
    }

    private static FloatVector load(MemorySegment x, long at, int count) {
        return count == Lanes.WIDTH ? Lanes.load(x, at) : Lanes.load(x, at, count);
    }

    private static int panels(int columns) {
        return Math.ceilDiv(columns, MicroKernel.COLUMNS);
    }

    @Override
    public void close() {
        gemm.close();
        outer.close();
        inner.close();
        for (Workspace workspace : workspaces) {
            workspace.panel.close();
        }
    }

    /** What one thread keeps between calls. */
    private static final class Workspace {
        private final RowBlock rows = new RowBlock();
        private final BlockProduct product = new BlockProduct();
        private final NativeScratch panel = new NativeScratch();
    }
}
