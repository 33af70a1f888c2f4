package org.rankgrid.backends.openblas;

import java.util.Arrays;
import org.rankgrid.spi.compute.DecompositionException;

/**
 * A first call with a known result. A library that somebody named may count in 64 bits or follow another calling convention;
 * better to find out here.
 */
final class SelfTest {

    private SelfTest() {}

    /**
     * Tries a library.
     *
     * @throws LibraryException if a routine is missing or a result is wrong
     */
    static void run(NativeLibrary library) throws LibraryException {
        OpenBlasAlgebra algebra = new OpenBlasAlgebra(new Lapack(library), "");
        boolean right;
        try {
            right = Arrays.equals(algebra.cholesky(new double[] {4, 0, 2, 10}, 2), new double[] {2, 0, 1, 3})
                    && Arrays.equals(
                            algebra.multiply(new double[] {1, 2}, new double[] {3, 4, 5, 6}, 1, 2, 2),
                            new double[] {13, 16});
        } catch (DecompositionException e) {
            right = false;
        }
        if (!right) {
            throw new LibraryException(
                    library.description()
                            + " computes wrongly when called with 32-bit integers: RANKGRID_OPENBLAS must name an LP64 library.");
        }
    }
}
