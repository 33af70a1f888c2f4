package org.rankgrid.results.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.rankgrid.spi.InputException;

/**
 * Replaces a file in one step: whoever looks sees the old content or the new, never a part, also after a crash or a power
 * cut.
 */
final class AtomicFile {

    private AtomicFile() {}

    /**
     * Writes beside the file, forces the bytes to the disk, and moves them into place. Folders are made where they are
     * missing. What a killed writer left beside the file is overwritten by the next one.
     *
     * @throws InputException if the file cannot be written; its old content is still there
     */
    static void write(Path target, byte[] bytes) {
        Path folder = folderOf(target);
        Path beside = folder.resolve("." + target.getFileName() + ".tmp");
        try {
            Files.createDirectories(folder);
            try {
                fill(beside, bytes);
                Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                deleteQuietly(beside, e);
                throw e;
            }
            force(folder);
        } catch (IOException e) {
            throw FileProblem.writing(target, e);
        }
    }

    /** Gives a file another name in its folder, replacing what has that name. */
    static void rename(Path file, String name) {
        try {
            Files.move(file, file.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE);
            force(folderOf(file));
        } catch (IOException e) {
            throw FileProblem.writing(file.resolveSibling(name), e);
        }
    }

    private static void fill(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    private static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notSupported) {
            // Some systems cannot open a folder; there the move is as durable as the system makes it.
        }
    }

    private static void deleteQuietly(Path file, IOException first) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            first.addSuppressed(e);
        }
    }

    private static Path folderOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " is not a file's path");
        }
        return parent;
    }
}
