package org.rankgrid.model.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;
import org.rankgrid.model.weights.block.LittleEndian;
import org.rankgrid.spi.InputException;

/** A file mapped into memory as a whole, of any size, with its state when it was mapped. Safe for several threads. */
final class MappedFile implements AutoCloseable {

    private static final byte[] LFS_POINTER = "version https://git-lfs".getBytes(StandardCharsets.US_ASCII);

    private final Path path;
    private final FileState state;
    private final Arena arena;
    private final MemorySegment bytes;

    private MappedFile(Path path, FileState state, Arena arena, MemorySegment bytes) {
        this.path = path;
        this.state = state;
        this.arena = arena;
        this.bytes = bytes;
    }

    /**
     * Maps a file.
     *
     * @throws InputException if it cannot be read, or is a Git LFS pointer
     */
    static MappedFile open(Path path) {
        if (Files.isDirectory(path)) {
            throw new InputException(path + " is a folder; give the path of a file in it.");
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new InputException(path + " is not a regular file; give the path of one.");
        }
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            FileState state = FileState.of(path);
            MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            MappedFile file = new MappedFile(path, state, arena, bytes);
            if (file.startsWith(LFS_POINTER)) {
                throw file.error("is a Git LFS pointer, not the file itself; run 'git lfs pull' in its folder");
            }
            return file;
        } catch (IOException e) {
            arena.close();
            throw new InputException(path + " cannot be read (" + IoReason.of(e) + "); check the path.", e);
        } catch (InputException e) {
            arena.close();
            throw e;
        }
    }

    /** Maps a file and makes something of it that closes it later; closes it at once where that fails. */
    static <T> T parse(Path path, Function<MappedFile, T> parser) {
        MappedFile file = open(path);
        try {
            return parser.apply(file);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The path as it was given. */
    Path path() {
        return path;
    }

    /** What the file system said about the file when it was mapped. */
    FileState state() {
        return state;
    }

    /** All bytes. */
    MemorySegment bytes() {
        return bytes;
    }

    /** How many bytes. */
    long size() {
        return bytes.byteSize();
    }

    /** An exception to throw: the path and what is wrong with the file, without the final stop. */
    InputException error(String problem) {
        return new InputException(path + ": " + problem + ".");
    }

    /** Unmaps the file; does nothing the second time. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    private boolean startsWith(byte[] start) {
        if (size() < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if (bytes.get(LittleEndian.BYTE, i) != start[i]) {
                return false;
            }
        }
        return true;
    }
}
