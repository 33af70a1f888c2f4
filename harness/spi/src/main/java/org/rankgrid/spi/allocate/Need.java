package org.rankgrid.spi.allocate;

/** What an allocator asks the engine for. Shapes and budget always come. */
public enum Need {
    /** The spectrum of every layer under the cell's factorization. */
    SPECTRA,
    /** Mean cosines and angles between the stream before and after every sublayer and block. */
    SIMILARITIES,
    /** Derivatives of the loss on calibration sequences: {@link Statistics#gradients}. */
    GRADIENTS,
    /** Scores of plans on the validation text: {@link Statistics#trials}. */
    TRIALS,
    /** The loss on calibration text, and its gradient, under masks on the components: {@link Statistics#masks}. */
    MASKS,
    /** The repaired plan of another allocator, named by an option: {@link Statistics#start}. */
    START
}
