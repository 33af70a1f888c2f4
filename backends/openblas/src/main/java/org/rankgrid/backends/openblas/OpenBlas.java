package org.rankgrid.backends.openblas;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rankgrid.spi.Availability;
import org.rankgrid.spi.InputException;

/**
 * The library of this process, opened when first asked for: the one that the system property {@code rankgrid.openblas} or the
 * variable {@code RANKGRID_OPENBLAS} names, else the one carried along.
 */
final class OpenBlas {

    private static @Nullable OpenBlas instance;

    private final @Nullable NativeLibrary library;
    private final Availability availability;
    private boolean tested;

    private OpenBlas(@Nullable NativeLibrary library, Availability availability, boolean tested) {
        this.library = library;
        this.availability = availability;
        this.tested = tested;
    }

    /** The library, or why there is none; never throws. */
    static synchronized OpenBlas ofProcess() {
        if (instance == null) {
            instance = open(setting("rankgrid.openblas", "RANKGRID_OPENBLAS"), cacheFolder());
        }
        return instance;
    }

    /**
     * Opens a library. One that somebody named is tried at once, as nobody knows what it is; the one carried along, which is
     * known by its checksum, when it is first used.
     *
     * @param named the path of another library than the one carried along
     * @param cache where the one carried along is unpacked
     */
    static OpenBlas open(Optional<String> named, Path cache) {
        try {
            NativeLibrary library = NativeLibrary.open(named.isPresent() ? named(named.get()) : carried(cache));
            if (named.isPresent()) {
                SelfTest.run(library);
            }
            return new OpenBlas(library, new Availability.Available(library.description()), named.isPresent());
        } catch (LibraryException e) {
            return unavailable(String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            return unavailable("OpenBLAS cannot be opened: " + e + ".");
        }
    }

    private static OpenBlas unavailable(String reason) {
        return new OpenBlas(null, new Availability.Unavailable(List.of(reason)), true);
    }

    private static List<Path> named(String path) throws LibraryException {
        Path file = expandHome(path);
        if (!Files.isRegularFile(file)) {
            throw new LibraryException("RANKGRID_OPENBLAS names " + path
                    + ", which is no file: give the path of a LAPACK library, or unset it for the one carried along.");
        }
        return List.of(file.toAbsolutePath());
    }

    private static List<Path> carried(Path cache) throws LibraryException {
        String system = System.getProperty("os.name", "");
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        if (!system.equals("Linux") || !(processor.equals("amd64") || processor.equals("x86_64"))) {
            throw new LibraryException("The OpenBLAS carried along is for Linux on x86-64 and this is " + system
                    + " on " + processor + ": set RANKGRID_OPENBLAS to the path of this machine's LAPACK library.");
        }
        return CarriedLibraries.unpack(cache);
    }

    private static Optional<String> setting(String property, String variable) {
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(value -> !value.isBlank());
    }

    private static Path cacheFolder() {
        return setting("rankgrid.cache", "RANKGRID_CACHE")
                .map(OpenBlas::expandHome)
                .orElseGet(() -> Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                        .map(Path::of)
                        .filter(Path::isAbsolute)
                        .orElseGet(() -> expandHome("~/.cache"))
                        .resolve("rankgrid"))
                .toAbsolutePath();
    }

    private static Path expandHome(String path) {
        return path.startsWith("~/") ? Path.of(System.getProperty("user.home", ""), path.substring(2)) : Path.of(path);
    }

    /** Whether it could be opened: name, version and kernel, or the reason. */
    Availability availability() {
        return availability;
    }

    /**
     * The open library, which has shown that it computes rightly.
     *
     * @throws InputException if there is none or it does not, with the reason
     */
    synchronized NativeLibrary library() {
        if (library == null) {
            String reason = availability instanceof Availability.Unavailable unavailable
                    ? String.join(" ", unavailable.reasons())
                    : "OpenBLAS is not available.";
            throw new InputException(reason);
        }
        if (!tested) {
            try {
                SelfTest.run(library);
            } catch (LibraryException e) {
                throw new InputException(String.valueOf(e.getMessage()), e);
            }
            tested = true;
        }
        return library;
    }
}
