package org.rankgrid.backends.openblas;

import java.lang.foreign.MemorySegment;
import org.rankgrid.backends.scalar.HostMatrix;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.backends.vector.VectorBackwardKernels;
import org.rankgrid.backends.vector.WorkerPool;

/** The backward kernels of the vector backend with products by SGEMM, in tiles of a fixed size. */
final class OpenBlasBackwardKernels extends VectorBackwardKernels {

    private final WorkerPool pool;
    private final Sgemm[] callers;
    private final VocabularyGradient vocabulary;
    private final KeptMemory scratch = new KeptMemory();

    /** Kernels on the threads of a pool, each with a caller of its own. */
    OpenBlasBackwardKernels(WorkerPool pool, Sgemm[] callers, LogitTiles tiles) {
        super(pool);
        this.pool = pool;
        this.callers = callers;
        this.vocabulary = new VocabularyGradient(pool, callers, tiles);
    }

    @Override
    public void linear(HostTensor dy, HostMatrix weight, HostTensor dx) {
        multiply(dy.data(), dy.rows(), RowMajorWeight.of(weight), dx.data());
    }

    @Override
    public void lowRank(HostTensor dy, HostMatrix left, HostMatrix right, HostTensor dx) {
        MemorySegment inner = scratch.floats((long) dy.rows() * right.rows());
        multiply(dy.data(), dy.rows(), RowMajorWeight.of(left), inner);
        multiply(inner, dy.rows(), RowMajorWeight.of(right), dx.data());
    }

    /** dx = dy W for t rows. */
    private void multiply(MemorySegment dy, int t, RowMajorWeight weight, MemorySegment dx) {
        int m = weight.rows();
        int n = weight.columns();
        Tiles tiles = new Tiles(t, n);
        pool.run(tiles.count(), (tile, worker) -> {
            int row = tiles.firstRow(tile);
            int column = tiles.firstColumn(tile);
            MemorySegment corner = dx.asSlice(bytes((long) row * n + column));
            callers[worker].transposedProduct(
                    dy.asSlice(bytes((long) row * m)),
                    m,
                    weight.from(0).asSlice(bytes(column)),
                    weight.stride(),
                    m,
                    new Sgemm.Result(corner, tiles.rowCount(tile), tiles.columnCount(tile), n),
                    0);
        });
    }

    @Override
    public void accumulateWeight(HostTensor dy, HostTensor x, HostTensor into) {
        Tiles tiles = new Tiles(into.rows(), into.columns());
        pool.run(tiles.count(), (tile, worker) -> {
            int row = tiles.firstRow(tile);
            int column = tiles.firstColumn(tile);
            MemorySegment corner = into.data().asSlice(bytes(into.offset(row) + column));
            callers[worker].addOuterProducts(
                    dy.data().asSlice(bytes(row)),
                    dy.columns(),
                    x.data().asSlice(bytes(column)),
                    x.columns(),
                    x.rows(),
                    new Sgemm.Result(corner, tiles.rowCount(tile), tiles.columnCount(tile), into.columns()));
        });
    }

    @Override
    public void logProbabilities(
            HostTensor hidden,
            int[] rows,
            int[] targets,
            double weight,
            HostMatrix head,
            double softCap,
            double[] logProbabilities,
            HostTensor dHidden) {
        vocabulary.differentiate(
                hidden, rows, targets, weight, RowMajorWeight.of(head), softCap, logProbabilities, dHidden);
    }

    private static long bytes(long floats) {
        return floats * Float.BYTES;
    }

    @Override
    public void close() {
        super.close();
        scratch.close();
    }
}
