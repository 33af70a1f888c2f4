package org.rankgrid.spi.compute;

/** Memory on a backend that is freed together. Used by one thread at a time. */
public interface Scope extends AutoCloseable {

    /** A tensor whose content is undefined until something is written into it. */
    Tensor tensor(int rows, int columns);

    /**
     * A tensor with the given values.
     *
     * @param values rows * columns of them, row-major
     */
    Tensor upload(float[] values, int rows, int columns);

    /** A weight, converted to the backend's layout while it is read: never a second whole copy of it. */
    Matrix pack(RowSource source);

    /**
     * Accumulators for the moments of activations, all zero.
     *
     * @param columns n, features of the activation
     * @param groups number of groups of sequences whose sums are kept apart
     */
    Moments moments(int columns, int groups);

    /**
     * Accumulators for products of two activations, all zero.
     *
     * @param columns n, features of both
     */
    ProductSums productSums(int columns);

    /** Frees everything this scope gave; using any of it afterwards is an error. */
    @Override
    void close();
}
