package org.rankgrid.model.weights;

import java.util.Set;
import org.rankgrid.spi.compute.RowSource;

/**
 * The tensors of a checkpoint, memory-mapped, by their Hugging Face names (also where the file is a GGUF). Safe for use by
 * several threads at once until it is closed.
 */
public interface Weights extends AutoCloseable {

    /** Names of all tensors, in file order. */
    Set<String> names();

    /**
     * The shape of a tensor as its file states it.
     *
     * @throws org.rankgrid.spi.InputException if there is none, with the nearest name
     */
    int[] shape(String name);

    /**
     * The values of a tensor of one or two dimensions as rows of 32-bit floats; a vector is one row.
     *
     * @throws org.rankgrid.spi.InputException if there is none, or it has more dimensions
     */
    RowSource rows(String name);

    /** SHA-256 in hex over the bytes of the file or files: the identity of everything computed from them. */
    String fingerprint();

    /** Unmaps the files; sources handed out are dead afterwards. */
    @Override
    void close();
}
