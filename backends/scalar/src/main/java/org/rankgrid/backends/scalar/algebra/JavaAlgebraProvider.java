package org.rankgrid.backends.scalar.algebra;

import org.rankgrid.spi.Availability;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.LinearAlgebraProvider;

/** Offers {@link JavaLinearAlgebra}, which runs everywhere. */
public final class JavaAlgebraProvider implements LinearAlgebraProvider {

    /** A provider; does no work. */
    public JavaAlgebraProvider() {}

    @Override
    public String id() {
        return "java";
    }

    @Override
    public String summary() {
        return "Decompositions in plain Java: the same bits on every machine, no native library.";
    }

    @Override
    public String version() {
        return JavaLinearAlgebra.VERSION;
    }

    @Override
    public int preference() {
        return 10;
    }

    @Override
    public Availability probe() {
        return new Availability.Available("plain Java");
    }

    @Override
    public LinearAlgebra open() {
        return new JavaLinearAlgebra();
    }
}
