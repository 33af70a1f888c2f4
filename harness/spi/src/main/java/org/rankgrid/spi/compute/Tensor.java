package org.rankgrid.spi.compute;

/** A matrix of 32-bit floats that lives on a backend. The host sees its shape only; {@link Backend#download} copies values. */
public interface Tensor {

    /** Number of rows: tokens, for an activation. */
    int rows();

    /** Number of columns: features, for an activation. */
    int columns();

    /**
     * A tensor of another shape in the memory of this one: room that is used for one thing after another. What was in either is
     * lost when the other is written.
     *
     * @throws IllegalArgumentException if it would hold no value, or more than this one
     */
    Tensor reuse(int rows, int columns);
}
