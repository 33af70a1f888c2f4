package org.rankgrid.spi.allocate;

/** A statistic an allocator asks the engine for. Shapes and budget always come. */
public enum Need {
    /** The spectrum of every layer under the cell's factorization. */
    SPECTRA,
    /** Mean cosine and mean angle between the input and the output of every sublayer and block. */
    SIMILARITIES
}
