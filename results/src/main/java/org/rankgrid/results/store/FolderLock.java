package org.rankgrid.results.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    /**
     * Folders that this process holds. It must not even open their lock files again: on POSIX systems closing any channel to
     * a file ends all locks that the process has on it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes the lock of a folder, making the folder where it is missing.
     *
     * @throws InputException if it is held already, or the folder cannot be written
     */
    static FolderLock take(Path folder) {
        Path file = folder.resolve(".lock");
        try {
            Files.createDirectories(folder);
            Path real = folder.toRealPath();
            if (!HELD.add(real)) {
                throw inUse(folder, Optional.of(ownPid()));
            }
            try {
                return new FolderLock(real, locked(folder, file));
            } catch (IOException | RuntimeException e) {
                HELD.remove(real);
                throw e;
            }
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
        } finally {
            HELD.remove(folder);
        }
    }

    private static FileChannel locked(Path folder, Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock(REGION, 1, false) == null) {
                throw inUse(folder, holder(channel));
            }
            name(channel, ownPid());
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static InputException inUse(Path folder, Optional<String> pid) {
        return new InputException(folder + " is in use by another run"
                + pid.map(process -> " (process " + process + ")").orElse("")
                + ": wait until it ends, or choose another folder");
    }

    private static String ownPid() {
        return Long.toString(ProcessHandle.current().pid());
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
