package org.rankgrid.backends.openblas;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import org.rankgrid.backends.scalar.HostBackwardKernels;
import org.rankgrid.backends.scalar.HostLinear;
import org.rankgrid.backends.scalar.HostMatrix;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.backends.vector.VectorKernels;
import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.compute.RowSource;

/** The kernels of the vector backend with products by SGEMM. */
final class OpenBlasKernels extends VectorKernels {

    private final Arena arena = Arena.ofShared();
    private final Sgemm[] callers;
    private final VocabularyScorer scorer;
    private final VocabularyDivergence divergence;
    private final OpenBlasBackwardKernels backward;
    private final KeptMemory scratch = new KeptMemory();

    /** Kernels on a number of threads of their own. */
    OpenBlasKernels(FortranRoutine sgemm, int threads) {
        super(threads);
        callers = new Sgemm[threads];
        for (int i = 0; i < threads; i++) {
            callers[i] = new Sgemm(sgemm, arena);
        }
        LogitTiles tiles = new LogitTiles(callers, arena);
        scorer = new VocabularyScorer(pool(), tiles);
        divergence = new VocabularyDivergence(pool(), tiles, new LogitTiles(callers, arena));
        backward = new OpenBlasBackwardKernels(pool(), callers, tiles);
    }

    @Override
    public HostMatrix pack(RowSource source, Arena arena) {
        return RowMajorWeight.pack(source, arena, pool());
    }

    @Override
    public void embed(HostMatrix table, int[] ids, HostTensor out) {
        RowMajorWeight rows = RowMajorWeight.of(table);
        long row = bytes(rows.columns());
        for (int t = 0; t < ids.length; t++) {
            MemorySegment.copy(rows.from(ids[t]), 0, out.data(), t * row, row);
        }
    }

    @Override
    public void linear(HostTensor x, HostMatrix weight, @Nullable HostTensor bias, HostTensor y) {
        multiply(x.data(), x.rows(), RowMajorWeight.of(weight), bias, y.data());
    }

    /** Both products over all rows, one after the other: with few rows, the columns keep the threads busy. */
    @Override
    public void lowRank(HostTensor x, HostMatrix left, HostMatrix right, @Nullable HostTensor bias, HostTensor y) {
        MemorySegment inner = scratch.floats((long) x.rows() * right.rows());
        multiply(x.data(), x.rows(), RowMajorWeight.of(right), null, inner);
        multiply(inner, x.rows(), RowMajorWeight.of(left), bias, y.data());
    }

    /** y = x WT + b for t rows. */
    private void multiply(MemorySegment x, int t, RowMajorWeight weight, @Nullable HostTensor bias, MemorySegment y) {
        int n = weight.columns();
        int m = weight.rows();
        Tiles tiles = new Tiles(t, m);
        pool().run(tiles.count(), (tile, worker) -> {
            int row = tiles.firstRow(tile);
            int column = tiles.firstColumn(tile);
            int rows = tiles.rowCount(tile);
            int columns = tiles.columnCount(tile);
            long first = (long) row * m + column;
            if (bias != null) {
                for (int i = 0; i < rows; i++) {
                    MemorySegment.copy(bias.data(), bytes(column), y, bytes(first + (long) i * m), bytes(columns));
                }
            }
            callers[worker].product(
                    x.asSlice(bytes((long) row * n)),
                    weight.from(column),
                    weight.stride(),
                    n,
                    new Sgemm.Result(y.asSlice(bytes(first)), rows, columns, m),
                    bias == null ? 0 : 1);
        });
    }

    @Override
    public void gated(
            HostTensor x, HostLinear gate, HostLinear up, Activation activation, HostTensor room, HostTensor out) {
        gatedInSteps(x, gate, up, activation, room, out);
    }

    private static long bytes(long floats) {
        return floats * ValueLayout.JAVA_FLOAT.byteSize();
    }

    @Override
    public void logProbabilities(
            HostTensor hidden,
            int[] rows,
            int[] targets,
            HostMatrix head,
            double softCap,
            double[] logProbabilities,
            int[] best) {
        scorer.score(hidden, rows, targets, RowMajorWeight.of(head), softCap, logProbabilities, best);
    }

    @Override
    public void divergences(
            HostTensor hidden, HostTensor reference, HostMatrix head, double softCap, double[] divergences) {
        divergence.diverge(hidden, reference, RowMajorWeight.of(head), softCap, divergences);
    }

    @Override
    public HostBackwardKernels backward() {
        return backward;
    }

    @Override
    public void close() {
        super.close();
        backward.close();
        scratch.close();
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
