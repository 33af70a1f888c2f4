package org.rankgrid.backends.vector;

import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;
import org.rankgrid.backends.scalar.HostMatrix;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.backends.scalar.ScalarKernels;
import org.rankgrid.spi.compute.RowSource;

/** The kernels of the vector backend. */
public class VectorKernels extends ScalarKernels {

    private final WorkerPool pool;
    private final Gemm gemm;

    /** Kernels on a number of threads of their own. */
    public VectorKernels(int threads) {
        pool = new WorkerPool(threads);
        gemm = new Gemm(pool);
    }

    /** The threads these kernels compute on. */
    protected final WorkerPool pool() {
        return pool;
    }

    @Override
    public HostMatrix pack(RowSource source, Arena arena) {
        return PackedMatrix.pack(source, arena, pool);
    }

    @Override
    public void linear(HostTensor x, HostMatrix weight, @Nullable HostTensor bias, HostTensor y) {
        gemm.dense(x, PackedMatrix.of(weight), bias, y);
    }

    @Override
    public void lowRank(HostTensor x, HostMatrix left, HostMatrix right, @Nullable HostTensor bias, HostTensor y) {
        gemm.lowRank(x, PackedMatrix.of(left), PackedMatrix.of(right), bias, y);
    }

    @Override
    public void close() {
        pool.close();
        gemm.close();
    }
}
