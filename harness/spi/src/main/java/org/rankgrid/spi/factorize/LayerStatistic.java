package org.rankgrid.spi.factorize;

/** A statistic of a layer's input that a factorization asks for. */
public enum LayerStatistic {
    /** Uncentred Gram matrix of the input. */
    GRAM,
    /** Sums of the input over groups of calibration sequences. */
    GROUP_SUMS,
    /** Sum of absolute values of each input feature. */
    ABSOLUTE_SUMS,
    /**
     * For each input feature the sum, over the first calibration sequences and over outputs, of the squared gradient of the
     * weight. It takes a backward pass of its own, which is made only where this is asked for.
     */
    WEIGHT_GRADIENTS
}
