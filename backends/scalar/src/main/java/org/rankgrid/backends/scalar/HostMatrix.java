package org.rankgrid.backends.scalar;

import org.rankgrid.spi.compute.Matrix;

/** A weight in the memory of the host, in the layout of some {@link HostKernels}, whose rows anyone can read. */
public interface HostMatrix extends Matrix {

    /**
     * Copies one row.
     *
     * @param into receives n values
     */
    void readRow(int row, float[] into);

    @Override
    HostMatrix leading(int rows, int columns);

    /**
     * Refuses more rows or columns than a matrix has, and fewer than one.
     *
     * @throws IllegalArgumentException if it does
     */
    static void requireLeading(Matrix matrix, int rows, int columns) {
        if (rows < 1 || rows > matrix.rows() || columns < 1 || columns > matrix.columns()) {
            throw new IllegalArgumentException("a " + matrix.rows() + " x " + matrix.columns()
                    + " matrix has no leading part of " + rows + " x " + columns);
        }
    }

    /**
     * The host matrix behind a matrix.
     *
     * @throws IllegalArgumentException if it belongs to a backend that does not compute on the host
     */
    static HostMatrix of(Matrix matrix) {
        if (matrix instanceof HostMatrix host) {
            return host;
        }
        throw new IllegalArgumentException(
                "a " + matrix.getClass().getSimpleName() + " is not a matrix of a host backend");
    }
}
