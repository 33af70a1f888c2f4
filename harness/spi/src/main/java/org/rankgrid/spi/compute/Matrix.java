package org.rankgrid.spi.compute;

/** A weight, m by n, laid out on a backend in whatever order and precision its kernels like best. */
public interface Matrix {

    /** m, features out. */
    int rows();

    /** n, features in. */
    int columns();

    /**
     * The first rows and columns of this matrix, in the same memory: products with it have the same bits as with a matrix
     * packed from them alone. It lives as long as the scope this one came from.
     *
     * @throws IllegalArgumentException if there are fewer rows or columns, or a count is not positive
     */
    Matrix leading(int rows, int columns);
}
