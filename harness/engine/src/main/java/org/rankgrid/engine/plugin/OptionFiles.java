package org.rankgrid.engine.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.Sha256;
import org.rankgrid.spi.option.FileContent;

/**
 * Reads the files that options name.
 *
 * @param folder what relative paths are relative to: the grid's folder
 */
public record OptionFiles(Path folder) {

    /** Most bytes of a file given as an option. */
    public static final int LARGEST = 16 << 20;

    /**
     * The content of a file.
     *
     * @throws InputException if it cannot be read or is larger than {@link #LARGEST}
     */
    public FileContent read(String name) {
        Path file = resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    (Files.exists(file) ? "is no file: " : "names no file that exists: ") + file.normalize());
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        } catch (IOException e) {
            throw new InputException("cannot be read: " + file.normalize() + " (" + e.getMessage() + ")", e);
        }
        if (bytes.length > LARGEST) {
            throw new InputException("is larger than " + (LARGEST >> 20) + " MB, the most a file given as an option may"
                    + " have: " + file.normalize());
        }
        return new FileContent(name, bytes, Sha256.of(bytes));
    }

    private Path resolve(String name) {
        try {
            return folder.resolve(name);
        } catch (InvalidPathException e) {
            throw new InputException("is no path on this system", e);
        }
    }
}
