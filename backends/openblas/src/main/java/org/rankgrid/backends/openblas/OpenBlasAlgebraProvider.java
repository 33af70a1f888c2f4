package org.rankgrid.backends.openblas;

import org.rankgrid.spi.Availability;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.LinearAlgebraProvider;

/** Offers the decompositions of OpenBLAS, or of the library that {@code RANKGRID_OPENBLAS} names. */
public final class OpenBlasAlgebraProvider implements LinearAlgebraProvider {

    /** A provider; does no work. */
    public OpenBlasAlgebraProvider() {}

    @Override
    public String id() {
        return "openblas";
    }

    @Override
    public String summary() {
        return "Decompositions by LAPACK in the native OpenBLAS, one thread a call.";
    }

    @Override
    public int preference() {
        return 50;
    }

    @Override
    public Availability probe() {
        return OpenBlas.ofProcess().availability();
    }

    /**
     * Opens the library.
     *
     * @throws org.rankgrid.spi.InputException if there is none, with the reason that {@link #probe} gives
     */
    @Override
    public LinearAlgebra open() {
        return open(OpenBlas.ofProcess());
    }

    static LinearAlgebra open(OpenBlas openBlas) {
        NativeLibrary library = openBlas.library();
        try {
            return new OpenBlasAlgebra(
                    new Lapack(library), "openblas: " + library.description() + ", one thread a call");
        } catch (LibraryException e) {
            throw new IllegalStateException("a library that was tried before has changed", e);
        }
    }
}
