package org.rankgrid.spi.allocate;

/** A statistic an allocator asks the engine for. Shapes and budget always come. */
public enum Need {
    /** The spectrum of every layer under the cell's factorization. */
    SPECTRA,
    /** Mean cosines and angles between the stream before and after every sublayer and block. */
    SIMILARITIES
}
