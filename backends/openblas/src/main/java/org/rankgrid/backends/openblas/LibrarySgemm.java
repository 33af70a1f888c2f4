package org.rankgrid.backends.openblas;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.rankgrid.spi.InputException;

/**
 * The library's SGEMM alone, on threads of the library's own: what other products are measured against. Both operands are
 * packed by the library in every call. Meant for a process, or a time, in which nobody else calls the library.
 */
public final class LibrarySgemm implements AutoCloseable {

    private final NativeLibrary library;
    private final Arena arena = Arena.ofConfined();
    private final Sgemm sgemm;

    private LibrarySgemm(NativeLibrary library) throws LibraryException {
        this.library = library;
        sgemm = new Sgemm(Sgemm.routine(library), arena);
    }

    /**
     * The SGEMM of the library that this process uses.
     *
     * @throws InputException if there is none, with the reason
     */
    public static LibrarySgemm open() {
        try {
            return new LibrarySgemm(OpenBlas.ofProcess().library());
        } catch (LibraryException missing) {
            throw new InputException(String.valueOf(missing.getMessage()), missing);
        }
    }

    /** Name, version and kernel of the library. */
    public String description() {
        return library.description();
    }

    /**
     * Sets how many threads the library computes on from now on.
     *
     * @throws InputException if it cannot be told
     */
    public void useThreads(int threads) {
        if (!library.useThreads(threads) && threads != 1) {
            throw new InputException(library.description() + " cannot be told to compute on " + threads
                    + " threads: it has no openblas_set_num_threads, so compare on one thread only");
        }
    }

    /**
     * y = x WT, all row-major and without gaps, outside the heap.
     *
     * @param x t by n
     * @param weight W, m by n
     * @param y t by m
     */
    public void product(MemorySegment x, MemorySegment weight, MemorySegment y, int t, int m, int n) {
        sgemm.product(x, weight, n, n, new Sgemm.Result(y, t, m, m), 0);
    }

    /** Back to one thread, which the rest of the process expects. */
    @Override
    public void close() {
        library.useThreads(1);
        arena.close();
    }
}
