package org.rankgrid.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.rankgrid.backends.openblas.LibrarySgemm;
import org.rankgrid.cli.bench.LinearWork;
import org.rankgrid.cli.bench.Oracle;
import org.rankgrid.cli.bench.WeightShape;

/** The product of a dense {@link LinearWork} by OpenBLAS's SGEMM alone; its result has been held against plain loops. */
final class LibraryProduct implements AutoCloseable {

    /** A cache line, and a vector register of the widest. */
    private static final long ALIGNMENT = 64;

    private final WeightShape shape;
    private final int rows;
    private final Arena arena = Arena.ofShared();
    private final LibrarySgemm library;
    private final MemorySegment x;
    private final MemorySegment weight;
    private final MemorySegment y;

    private LibraryProduct(WeightShape shape, int rows, LibrarySgemm library) {
        this.shape = shape;
        this.rows = rows;
        this.library = library;
        x = copied(LinearWork.input(shape, rows));
        weight = copied(LinearWork.weight(shape));
        y = floats((long) rows * shape.m());
    }

    /**
     * Builds the operands and checks the product.
     *
     * @throws org.rankgrid.spi.InputException if the library cannot be loaded
     */
    static LibraryProduct of(WeightShape shape, int rows) {
        LibraryProduct product = new LibraryProduct(shape, rows, LibrarySgemm.open());
        product.check();
        return product;
    }

    private MemorySegment copied(float[] values) {
        MemorySegment segment = floats(values.length);
        MemorySegment.copy(values, 0, segment, ValueLayout.JAVA_FLOAT, 0, values.length);
        return segment;
    }

    private MemorySegment floats(long count) {
        return arena.allocate(count * Float.BYTES, ALIGNMENT);
    }

    private void check() {
        run();
        float[] input = LinearWork.input(shape, rows);
        float[] weights = LinearWork.weight(shape);
        for (int t : Oracle.sample(rows, 3)) {
            double[] row = Oracle.row(input, t, shape.n());
            for (int i : Oracle.sample(shape.m(), 64)) {
                double[] expected = Oracle.dot(weights, i, row);
                float actual = y.getAtIndex(ValueLayout.JAVA_FLOAT, (long) t * shape.m() + i);
                Oracle.require("y[" + t + "][" + i + "]", actual, expected[0], expected[1]);
            }
        }
    }

    /** Sets how many threads of its own the library computes on. */
    void useThreads(int threads) {
        library.useThreads(threads);
    }

    /** Computes it once. */
    void run() {
        library.product(x, weight, y, rows, shape.m(), shape.n());
    }

    /** Floating-point operations of a run. */
    double operations() {
        return 2.0 * rows * shape.m() * shape.n();
    }

    /** Name, version and kernel of the library. */
    String description() {
        return library.description();
    }

    @Override
    public void close() {
        library.close();
        arena.close();
    }
}
