package org.rankgrid.backends.scalar;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Consumer;
import org.rankgrid.spi.compute.Matrix;
import org.rankgrid.spi.compute.Moments;
import org.rankgrid.spi.compute.ProductSums;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;

/** A scope whose memory lies outside the heap in one arena, so that closing it frees everything at once. */
final class HostScope implements Scope {

    private final Arena arena = Arena.ofShared();
    private final HostKernels kernels;
    private final Consumer<HostScope> onClose;

    HostScope(HostKernels kernels, Consumer<HostScope> onClose) {
        this.kernels = kernels;
        this.onClose = onClose;
    }

    @Override
    public Tensor tensor(int rows, int columns) {
        return new HostTensor(arena, rows, columns);
    }

    @Override
    public Tensor upload(float[] values, int rows, int columns) {
        if (values.length != (long) rows * columns) {
            throw new IllegalArgumentException(values.length + " values are not " + rows + " x " + columns);
        }
        HostTensor tensor = new HostTensor(arena, rows, columns);
        MemorySegment.copy(values, 0, tensor.data(), ValueLayout.JAVA_FLOAT, 0, values.length);
        return tensor;
    }

    @Override
    public Matrix pack(RowSource source) {
        return kernels.pack(source, arena);
    }

    @Override
    public Moments moments(int columns, int groups) {
        return new HostMoments(arena, columns, groups);
    }

    @Override
    public ProductSums productSums(int columns) {
        return new HostProductSums(arena, columns);
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
            onClose.accept(this);
        }
    }
}
