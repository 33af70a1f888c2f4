package org.rankgrid.model.weights;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.rankgrid.model.weights.block.LittleEndian;
import org.rankgrid.spi.Sha256;

/**
 * SHA-256 of files, remembered between runs: reading half a gigabyte at every start only to learn its hash again is waste. A
 * file is hashed again when its path, size, time of change or inode is another. The memory is bounded: when it has grown, the
 * files remembered last stay. Safe for several threads and processes.
 */
public final class Fingerprints {

    private static final String MEMORY = "fingerprints.tsv";
    private static final int CHUNK = 1 << 17;

    /** Bytes of a memory that is cut, and how many files then stay in it. */
    private static final long LARGEST = 1 << 18;

    private static final int KEPT = 500;

    private final Optional<Path> memory;

    private Fingerprints(Optional<Path> memory) {
        this.memory = memory;
    }

    /** Fingerprints that are computed every time. */
    public static Fingerprints unremembered() {
        return new Fingerprints(Optional.empty());
    }

    /**
     * Fingerprints remembered in a small file of a cache folder, which is made when it is needed. A folder that cannot be
     * written, or a damaged memory, only costs time.
     */
    public static Fingerprints rememberedIn(Path folder) {
        return new Fingerprints(Optional.of(folder.resolve(MEMORY)));
    }

    /**
     * SHA-256 of a file's bytes, in hex.
     *
     * @throws org.rankgrid.spi.InputException if it cannot be read
     */
    public String of(Path file) {
        try (MappedFile mapped = MappedFile.open(file)) {
            return of(mapped);
        }
    }

    /** SHA-256 of a text's UTF-8 bytes, in hex. */
    static String of(String text) {
        return Sha256.of(text);
    }

    /** SHA-256 of the bytes as they are mapped, in hex. */
    String of(MappedFile file) {
        Optional<String> known = recall(file.state());
        if (known.isPresent()) {
            return known.get();
        }
        String hash = hash(file.bytes());
        if (file.state().stillHolds() && !file.state().isFresh(Instant.now())) {
            remember(file.state(), hash);
        }
        return hash;
    }

    private Optional<String> recall(FileState state) {
        if (memory.isEmpty()) {
            return Optional.empty();
        }
        String key = "\t" + line(state);
        try {
            // Bytes that are no text become marks that match nothing.
            return new String(Files.readAllBytes(memory.get()), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.length() == 64 + key.length() && line.endsWith(key))
                    .map(line -> line.substring(0, 64))
                    .filter(hash -> hash.chars().allMatch(Fingerprints::isHexDigit))
                    .reduce((_, last) -> last);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private void remember(FileState state, String hash) {
        if (memory.isEmpty() || state.path().toString().chars().anyMatch(Character::isISOControl)) {
            return;
        }
        // One write in append mode: lines of several processes do not mix.
        ByteBuffer line = StandardCharsets.UTF_8.encode(hash + "\t" + line(state) + "\n");
        try {
            Files.createDirectories(memory.get().toAbsolutePath().getParent());
            try (FileChannel channel =
                    FileChannel.open(memory.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (line.hasRemaining()) {
                    channel.write(line);
                }
                if (channel.size() > LARGEST) {
                    cut(memory.get());
                }
            }
        } catch (IOException _) {
            return; // the next start hashes again, no harm done
        }
    }

    /** What another process adds meanwhile may be lost, which costs it one more hashing. */
    private static void cut(Path memory) throws IOException {
        SequencedMap<String, String> byPath = new LinkedHashMap<>();
        new String(Files.readAllBytes(memory), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.length() < LARGEST / KEPT)
                .forEach(line -> byPath.putLast(line.substring(line.lastIndexOf('\t') + 1), line));
        List<String> last =
                byPath.values().stream().skip(Math.max(0, byPath.size() - KEPT)).toList();
        Path beside = Files.createTempFile(memory.toAbsolutePath().getParent(), MEMORY + ".", ".part");
        try {
            Files.write(beside, last);
            Files.move(beside, memory, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static String line(FileState state) {
        return state.size() + "\t" + state.modified() + "\t" + state.key() + "\t" + state.path();
    }

    private static String hash(MemorySegment bytes) {
        MessageDigest digest = Sha256.digest();
        byte[] chunk = new byte[(int) Math.min(CHUNK, bytes.byteSize())];
        for (long at = 0; at < bytes.byteSize(); at += chunk.length) {
            int count = (int) Math.min(chunk.length, bytes.byteSize() - at);
            MemorySegment.copy(bytes, LittleEndian.BYTE, at, chunk, 0, count);
            digest.update(chunk, 0, count);
        }
        return Sha256.of(digest);
    }

    private static boolean isHexDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
}
