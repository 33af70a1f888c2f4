package org.rankgrid.backends.openblas;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * The native libraries that the {@code org.bytedeco:openblas} jar carries as resources for Linux on x86-64, and their copies in
 * the cache folder. A copy is used only if its length and CRC-32 are those the jar states; one that was read and found whole
 * is not read again until the file system says that it changed.
 */
final class CarriedLibraries {

    /** In the order of loading: each needs the ones before it. OpenBLAS itself is the last. */
    static final List<String> FILES =
            List.of("libquadmath.so.0", "libgcc_s.so.1", "libgfortran.so.5", "libopenblas.so.0");

    private static final String FOLDER = "/org/bytedeco/openblas/linux-x86_64/";
    private static final String PROPERTIES = "/META-INF/maven/org.bytedeco/openblas/pom.properties";

    private CarriedLibraries() {}

    /** Length and checksum of a file. */
    record Print(long length, long crc) {}

    /**
     * Makes sure that the libraries lie in a folder of their version under the cache folder.
     *
     * @return their paths, in the order of {@link #FILES}
     * @throws LibraryException if they are not carried or cannot be written
     */
    static List<Path> unpack(Path cache) throws LibraryException {
        Path folder = cache.resolve("native").resolve("openblas-" + version());
        CheckedCopies checked = CheckedCopies.in(folder);
        for (String file : FILES) {
            URL resource = CarriedLibraries.class.getResource(FOLDER + file);
            if (resource == null) {
                throw new LibraryException("The class path holds no " + FOLDER.substring(1) + file
                        + ": add the jar org.bytedeco:openblas:linux-x86_64, or set RANKGRID_OPENBLAS to the path of a"
                        + " LAPACK library.");
            }
            try {
                unpack(resource, folder.resolve(file), checked);
            } catch (IOException | UncheckedIOException e) {
                throw new LibraryException("Cannot unpack " + file + " to " + folder + " (" + e
                        + "): set RANKGRID_CACHE to a folder that can be written.");
            }
        }
        checked.write();
        return FILES.stream().map(folder::resolve).toList();
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = CarriedLibraries.class.getResourceAsStream(PROPERTIES)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unversioned");
    }

    private static void unpack(URL resource, Path file, CheckedCopies checked) throws IOException {
        URLConnection connection = resource.openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            Print expected = connection instanceof JarURLConnection jar
                    ? print(jar.getJarEntry())
                    : print(resource.openStream());
            if (checked.holds(file, expected)) {
                return;
            }
            if (Files.isRegularFile(file)
                    && Files.size(file) == expected.length()
                    && print(Files.newInputStream(file)).equals(expected)) {
                checked.add(file, expected);
                return;
            }
            Files.createDirectories(file.getParent());
            Path beside = Files.createTempFile(file.getParent(), file.getFileName() + ".", ".part");
            try {
                Files.copy(in, beside, StandardCopyOption.REPLACE_EXISTING);
                if (!print(Files.newInputStream(beside)).equals(expected)) {
                    throw new IOException("the copy differs from the original");
                }
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        }
    }

    private static Print print(JarEntry entry) {
        return new Print(entry.getSize(), entry.getCrc());
    }

    /** Reads a stream to its end and closes it. */
    private static Print print(InputStream stream) throws IOException {
        try (CheckedInputStream in = new CheckedInputStream(stream, new CRC32())) {
            long length = in.transferTo(OutputStream.nullOutputStream());
            return new Print(length, in.getChecksum().getValue());
        }
    }
}
