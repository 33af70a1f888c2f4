package org.rankgrid.model.tokenizer;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rankgrid.spi.InputException;

/** A file of JSON as text. */
final class TextFile {

    /** The largest known tokenizer.json has 35 MB. */
    private static final long LARGEST = 512L << 20;

    private TextFile() {}

    /**
     * The whole of a file.
     *
     * @throws InputException if it cannot be read, is not UTF-8 or too large
     */
    static String read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new InputException(file + " is larger than " + (LARGEST >> 20)
                        + " MiB, it cannot be a file of this name, get it again.");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new InputException(file + " is not UTF-8 text, get the file again.", e);
        } catch (IOException e) {
            throw new InputException(file + " cannot be read (" + e + ").", e);
        }
    }
}
