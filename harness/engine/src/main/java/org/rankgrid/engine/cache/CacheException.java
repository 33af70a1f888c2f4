package org.rankgrid.engine.cache;

import java.io.IOException;
import java.nio.file.Path;
import org.rankgrid.data.IoReason;
import org.rankgrid.spi.InputException;

/** The cache cannot be written: no cell can go on, and none of them is to blame. */
public final class CacheException extends InputException {

    private static final long serialVersionUID = 1L;

    private CacheException(String message, Throwable cause) {
        super(message, cause);
    }

    /** An exception that says which folder, why, and what to do. */
    public static CacheException writing(Path folder, IOException cause) {
        return new CacheException(
                "cannot write to the cache folder " + folder + " (" + IoReason.of(cause)
                        + "): free space or permissions there, or choose another with --cache DIR",
                cause);
    }

    /** An exception for a file of the cache whose writer says itself what went wrong. */
    public static CacheException of(InputException cause) {
        return new CacheException(
                cause.getMessage() + " (a file of the cache: free space there, or choose another with --cache DIR)",
                cause);
    }
}
