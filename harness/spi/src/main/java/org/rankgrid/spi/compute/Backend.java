package org.rankgrid.spi.compute;

import java.util.SequencedMap;

/** An open compute backend. One thread drives it; it may use others inside. */
public interface Backend extends AutoCloseable {

    /** The provider's id. */
    String id();

    /**
     * What ran, for the provenance of a result: threads, vector width, versions of libraries, device, and under the key
     * {@code determinism} the guarantee that is kept.
     */
    SequencedMap<String, String> facts();

    /** A new scope, to be closed by the caller. */
    Scope scope();

    /** The operations on this backend's tensors. */
    Operations operations();

    /** Their backward twins. */
    BackwardOperations backward();

    /**
     * Copies rows of a tensor to the host, waiting for whatever writes them.
     *
     * @param into receives count * columns values, row-major
     */
    void download(Tensor tensor, int firstRow, int count, float[] into);

    /** Ends threads and frees what is left. */
    @Override
    void close();
}
