package org.rankgrid.spi.compute;

/**
 * Sums over tokens of products of corresponding elements a and b of two activations, in double, one value a column.
 *
 * <p>With a the coordinates of a layer's output in some basis and b those of the loss's gradient there, {@code products} is
 * the gradient with respect to a mask on the basis' components.
 *
 * @param tokens rows accumulated
 * @param sequences sequences accumulated
 * @param products sum of a b
 * @param squaredSequenceProducts sum over sequences of the square of the sequence's sum of a b
 * @param squaredProducts sum of (a b)^2
 * @param leftSquares sum of a^2
 * @param rightSquares sum of b^2
 */
public record ProductSumValues(
        long tokens,
        long sequences,
        double[] products,
        double[] squaredSequenceProducts,
        double[] squaredProducts,
        double[] leftSquares,
        double[] rightSquares) {}
