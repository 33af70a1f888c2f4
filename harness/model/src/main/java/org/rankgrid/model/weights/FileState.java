package org.rankgrid.model.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What tells a file from another, or from its former self, without reading it.
 *
 * @param path absolute
 * @param size in bytes
 * @param modified nanoseconds since 1970
 * @param key what the file system identifies the file by (device and inode), "-" where it has no such thing
 */
record FileState(Path path, long size, long modified, String key) {

    static FileState of(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new FileState(
                path.toAbsolutePath().normalize(),
                attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                Objects.toString(attributes.fileKey(), "-"));
    }

    /** Whether the file system still says the same. */
    boolean stillHolds() {
        try {
            return equals(of(path));
        } catch (IOException _) {
            return false;
        }
    }

    /** Whether the last change is so recent that another one could carry the same time. */
    boolean isFresh(Instant now) {
        return modified > TimeUnit.MILLISECONDS.toNanos(now.toEpochMilli() - 2000);
    }
}
