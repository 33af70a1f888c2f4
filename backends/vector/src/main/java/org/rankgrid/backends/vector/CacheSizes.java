package org.rankgrid.backends.vector;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** How large the caches of a core are, as far as the system says: Linux does. They bear on speed, never on a bit. */
final class CacheSizes {

    /** Bytes of the second cache where nobody says: that of most cores built since 2020, or less. */
    private static final long USUAL = 1 << 20;

    private static final long LARGEST = 1L << 30;

    private CacheSizes() {}

    /** Bytes of a core's second cache. */
    static long second() {
        return second(Path.of("/sys/devices/system/cpu/cpu0/cache"));
    }

    /** The same, read from a folder as Linux keeps it: a folder for each cache with its level, type and size. */
    static long second(Path caches) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(caches, "index*")) {
            for (Path cache : folders) {
                if (Files.readString(cache.resolve("level")).strip().equals("2")) {
                    return bytes(Files.readString(cache.resolve("size")).strip());
                }
            }
        } catch (IOException | SecurityException unsaid) {
            return USUAL;
        }
        return USUAL;
    }

    /** Bytes of a size like 1024K or 2M. */
    private static long bytes(String size) {
        if (!size.matches("[1-9][0-9]{0,6}[KM]")) {
            return USUAL;
        }
        long number = Long.parseLong(size, 0, size.length() - 1, 10);
        return Math.min(LARGEST, number << (size.endsWith("K") ? 10 : 20));
    }
}
