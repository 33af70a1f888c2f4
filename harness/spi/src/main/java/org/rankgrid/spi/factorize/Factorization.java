package org.rankgrid.spi.factorize;

import java.util.Set;
import org.rankgrid.spi.Plugin;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.option.Options;

/**
 * Finds, for one linear layer, the directions worth keeping in the order of their worth. It is called once a layer; every
 * plan is a prefix of what it returns.
 */
public interface Factorization extends Plugin {

    /** What {@link #decompose} will ask the input's moments for under these options. */
    Set<LayerStatistic> needs(Options options);

    /**
     * Decomposes a layer completely.
     *
     * @param problem weight and input statistics of the layer
     * @param algebra the decompositions to use
     * @param options validated options
     * @throws org.rankgrid.spi.compute.DecompositionException if a matrix is not finite or a decomposition fails
     */
    Decomposition decompose(Factoring problem, LinearAlgebra algebra, Options options);
}
