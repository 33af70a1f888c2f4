package org.rankgrid.spi.compute;

import org.rankgrid.spi.Availability;
import org.rankgrid.spi.Plugin;

/** A source of dense decompositions, chosen apart from the backend. */
public interface LinearAlgebraProvider extends Plugin {

    /** Where a person names none, the available one with the highest preference is taken. */
    int preference();

    /** Whether it can run here. */
    Availability probe();

    /** Opens it. */
    LinearAlgebra open();
}
