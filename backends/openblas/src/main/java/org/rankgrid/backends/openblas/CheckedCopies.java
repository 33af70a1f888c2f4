package org.rankgrid.backends.openblas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.rankgrid.backends.openblas.CarriedLibraries.Print;

/**
 * Which files of a folder have been read and found whole, remembered in a small file beside them. One that has since got
 * another size, time of change or inode is not among them; neither is one that changed so lately that another change could
 * carry the same time. A memory that cannot be read or written only costs time.
 */
final class CheckedCopies {

    private static final String MEMORY = "checked.tsv";
    private static final long SETTLED_AFTER = TimeUnit.SECONDS.toNanos(2);

    private final Path memory;
    private final Collection<String> known;
    private final Set<String> now = new HashSet<>();

    private CheckedCopies(Path memory, Collection<String> known) {
        this.memory = memory;
        this.known = known;
    }

    /** What is remembered of a folder. */
    static CheckedCopies in(Path folder) {
        Path memory = folder.resolve(MEMORY);
        List<String> lines = new ArrayList<>();
        try {
            lines.addAll(Files.readAllLines(memory));
        } catch (IOException _) {
            lines.clear(); // all files are read again
        }
        return new CheckedCopies(memory, lines);
    }

    /** Whether a file is as it was when it was found to have this length and checksum. */
    boolean holds(Path file, Print print) {
        Optional<String> line = line(file, print).filter(known::contains);
        line.ifPresent(now::add);
        return line.isPresent();
    }

    /** Adds a file that has been read and has this length and checksum. */
    void add(Path file, Print print) {
        line(file, print).ifPresent(now::add);
    }

    /** Remembers what was found or added, and nothing else. */
    void write() {
        if (now.equals(Set.copyOf(known))) {
            return;
        }
        try {
            Path beside = Files.createTempFile(memory.getParent(), MEMORY + ".", ".part");
            try {
                Files.write(beside, now.stream().sorted().toList());
                Files.move(beside, memory, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException _) {
            return; // the files are read again at the next start, no harm done
        }
    }

    private static Optional<String> line(Path file, Print print) {
        try {
            BasicFileAttributes state = Files.readAttributes(file, BasicFileAttributes.class);
            long modified = state.lastModifiedTime().to(TimeUnit.NANOSECONDS);
            boolean settled = modified < TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - SETTLED_AFTER;
            return settled && state.isRegularFile() && state.size() == print.length()
                    ? Optional.of(String.join(
                            "\t",
                            String.valueOf(file.getFileName()),
                            Long.toString(print.length()),
                            Long.toHexString(print.crc()),
                            Long.toString(modified),
                            String.valueOf(state.fileKey())))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
