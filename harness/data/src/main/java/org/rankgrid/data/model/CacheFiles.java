package org.rankgrid.data.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.rankgrid.data.IoReason;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.Sha256;

/** Files of the cache: written under another name and moved into place once their hash is right. */
final class CacheFiles {

    private CacheFiles() {}

    /**
     * Writes a file; two processes that do so at once do no harm, since both write the same.
     *
     * @param longest bytes after which reading stops: a content that is longer has the wrong hash anyway
     * @param sha256 the hash that the content must have
     * @throws DamagedException if it has another
     */
    static void write(InputStream content, Path target, long longest, String sha256) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, ".", ".part");
        try {
            MessageDigest digest = Sha256.digest();
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(temporary), digest)) {
                copy(content, out, longest);
            }
            String found = Sha256.of(digest);
            if (!found.equals(sha256)) {
                throw new DamagedException(found);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** SHA-256 of a file, in hex. */
    static String hash(Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (InputStream stream = new DigestInputStream(Files.newInputStream(file), digest)) {
            stream.transferTo(OutputStream.nullOutputStream());
        }
        return Sha256.of(digest);
    }

    /** Removes a folder and what is in it. */
    static void delete(Path folder) throws IOException {
        List<Path> entries;
        try (Stream<Path> tree = Files.walk(folder)) {
            entries = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path entry : entries) {
            Files.deleteIfExists(entry);
        }
    }

    static InputException unwritable(Path folder, IOException e) {
        return new InputException(
                "The cache folder " + folder + " cannot be written (" + IoReason.of(e)
                        + "), choose another with --cache or RANKGRID_CACHE.",
                e);
    }

    private static void copy(InputStream content, OutputStream out, long longest) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = longest;
        while (left > 0) {
            int length = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (length < 0) {
                return;
            }
            out.write(buffer, 0, length);
            left -= length;
        }
    }

    /** A content that is not what it should be. */
    static final class DamagedException extends IOException {

        private static final long serialVersionUID = 1L;

        private final String found;

        DamagedException(String found) {
            super("its sha256 is " + found);
            this.found = found;
        }

        /** The hash that the content has, in hex. */
        String found() {
            return found;
        }
    }
}
