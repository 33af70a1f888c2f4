package org.rankgrid.backends.openblas;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.rankgrid.spi.Sha256;

/** An open BLAS and LAPACK library. It stays loaded until the process ends. */
final class NativeLibrary {

    private static final Linker LINKER = Linker.nativeLinker();

    private final SymbolLookup symbols;
    private final Path file;

    private NativeLibrary(SymbolLookup symbols, Path file) {
        this.symbols = symbols;
        this.file = file;
    }

    /**
     * Opens libraries one after the other.
     *
     * @param files the last is the one that is wanted, the others are what it needs
     * @throws LibraryException with what the system's loader says
     */
    static NativeLibrary open(List<Path> files) throws LibraryException {
        SymbolLookup symbols = null;
        for (Path file : files) {
            symbols = open(file);
        }
        if (symbols == null) {
            throw new IllegalArgumentException("no library");
        }
        NativeLibrary library = new NativeLibrary(symbols, files.getLast());
        library.useThreads(1);
        return library;
    }

    private static SymbolLookup open(Path file) throws LibraryException {
        try {
            return SymbolLookup.libraryLookup(file, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new LibraryException("Cannot load " + file + ": " + loaderMessage(file, e) + ".");
        } catch (IllegalCallerException e) {
            throw new LibraryException(
                    "Native code is not allowed: start java with --enable-native-access=ALL-UNNAMED.");
        }
    }

    /** A look-up hides what the system's loader had to say; loading once more the other way brings it to light. */
    private static String loaderMessage(Path file, IllegalArgumentException failure) {
        String path = file.toAbsolutePath().toString();
        try {
            System.load(path);
            return String.valueOf(failure.getMessage());
        } catch (UnsatisfiedLinkError e) {
            return String.valueOf(e.getMessage()).replace(path + ": ", "");
        }
    }

    /**
     * How many threads of its own the library computes on, whoever calls it. One, from the beginning: LAPACK runs on the calling
     * thread alone, and whoever wants more threads calls from several.
     *
     * @return whether the library can be told
     */
    boolean useThreads(int threads) {
        Optional<MethodHandle> set =
                function("openblas_set_num_threads", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
        set.ifPresent(function -> {
            try {
                function.invokeExact(threads);
            } catch (Throwable e) {
                throw new IllegalStateException("openblas_set_num_threads failed", e);
            }
        });
        return set.isPresent();
    }

    private Optional<MethodHandle> function(String name, FunctionDescriptor descriptor) {
        return symbols.find(name).map(symbol -> LINKER.downcallHandle(symbol, descriptor));
    }

    /**
     * A Fortran subroutine.
     *
     * @param pointers number of its arguments, all of which Fortran passes by reference
     * @param strings how many of them are strings, whose lengths follow unseen
     * @throws LibraryException if the library lacks it
     */
    FortranRoutine routine(String name, int pointers, int strings) throws LibraryException {
        Optional<MemorySegment> symbol = symbols.find(name);
        if (symbol.isEmpty()) {
            throw new LibraryException(file + " has no function " + name
                    + ": RANKGRID_OPENBLAS must name a library that holds both BLAS and LAPACK.");
        }
        return new FortranRoutine(symbol.get(), name, pointers, strings);
    }

    /** Name, version and kernel, as far as the library tells; else the file's name and hash. */
    String description() {
        Optional<String> configuration = text("openblas_get_config");
        if (configuration.isEmpty()) {
            return file.getFileName() + " (sha256 " + hash().substring(0, 16) + ")";
        }
        String[] words = configuration.get().strip().split("\\s+", 3);
        String name = words.length > 1 ? words[0] + " " + words[1] : words[0];
        return name
                + text("openblas_get_corename").map(core -> ", core " + core).orElse("");
    }

    private Optional<String> text(String name) {
        return function(name, FunctionDescriptor.of(ValueLayout.ADDRESS)).map(function -> {
            try {
                MemorySegment text = (MemorySegment) function.invokeExact();
                return text.reinterpret(1 << 12).getString(0);
            } catch (Throwable e) {
                throw new IllegalStateException(name + " failed", e);
            }
        });
    }

    private String hash() {
        try {
            return Sha256.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalStateException("cannot hash " + file, e);
        }
    }
}
