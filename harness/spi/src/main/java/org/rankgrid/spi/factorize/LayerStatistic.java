package org.rankgrid.spi.factorize;

/** A statistic of a layer's input that a factorization asks for. */
public enum LayerStatistic {
    /** Uncentred Gram matrix of the input. */
    GRAM,
    /** Sums of the input over groups of calibration sequences. */
    GROUP_SUMS,
    /** Sum of absolute values of each input feature. */
    ABSOLUTE_SUMS,
    /** For each input feature the sum, over calibration sequences and outputs, of the squared gradient of the weight. */
    WEIGHT_GRADIENTS
}
