package org.rankgrid.spi.compute;

/** A weight, m by n, laid out on a backend in whatever order and precision its kernels like best. */
public interface Matrix {

    /** m, features out. */
    int rows();

    /** n, features in. */
    int columns();
}
