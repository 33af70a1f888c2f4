package org.rankgrid.spi.allocate;

/**
 * Sums over tokens of products of a and b for every component of a layer: a_tj is what component j adds to the layer's
 * output at token t, b_tj the gradient of the loss in its direction, so that their product summed over tokens is the gradient
 * of the loss with respect to a mask on the component.
 *
 * @param tokens number of tokens
 * @param sequences number of sequences
 * @param products sum of a b: the gradient with respect to the mask, summed over sequences
 * @param squaredSequenceProducts sum over sequences of the square of the sequence's sum of a b
 * @param squaredProducts sum over tokens of (a b)^2
 * @param valueSquares sum of a^2
 * @param gradientSquares sum of b^2
 */
public record ComponentGradient(
        long tokens,
        long sequences,
        double[] products,
        double[] squaredSequenceProducts,
        double[] squaredProducts,
        double[] valueSquares,
        double[] gradientSquares) {}
