package org.rankgrid.spi.compute;

/** A matrix of 32-bit floats that lives on a backend. The host sees its shape only; {@link Backend#download} copies values. */
public interface Tensor {

    /** Number of rows: tokens, for an activation. */
    int rows();

    /** Number of columns: features, for an activation. */
    int columns();
}
