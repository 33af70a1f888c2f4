package org.rankgrid.results.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rankgrid.spi.InputException;

/**
 * A lock of the operating system on a folder: it ends with the process that holds it, so a killed one leaves nothing to
 * clean up. The file {@code .lock} names the holder for people and is never deleted, since a deleted file could be locked
 * twice.
 */
final class FolderLock implements AutoCloseable {

    private static final int LONGEST_NAME = 20;

    /** Far behind the text, since some systems let nobody read a locked region. */
    private static final long REGION = Long.MAX_VALUE - 1;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of a folder, making the folder where it is missing.
     *
     * @throws InputException if another process holds it, or the folder cannot be written
     */
    static FolderLock take(Path folder) {
        Path file = folder.resolve(".lock");
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                if (lock(channel) == null) {
                    throw new InputException(folder + " is in use by another rankgrid"
                            + holder(channel)
                                    .map(pid -> " (process " + pid + ")")
                                    .orElse("")
                            + ": wait until it ends, or choose another folder");
                }
                name(channel, Long.toString(ProcessHandle.current().pid()));
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            return new FolderLock(channel);
        } catch (IOException e) {
            throw FileProblem.writing(file, e);
        }
    }

    @Override
    public void close() {
        try (channel) {
            name(channel, "");
        } catch (IOException e) {
            // The lock ends with the channel, and a channel that failed is closed.
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(REGION, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void name(FileChannel channel, String holder) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private static Optional<String> holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST_NAME);
        channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
        return pid.matches("[0-9]+") ? Optional.of(pid) : Optional.empty();
    }
}
