package org.rankgrid.spi.compute;

/**
 * The backward twins of {@link Operations}: from the gradient of a loss with respect to what an operation wrote to the
 * gradient with respect to what it read. dy names the gradient with respect to y and has its shape. There is no tape: whoever
 * calls orders the operations and keeps, or computes again, the inputs they need.
 *
 * <p>Every operation overwrites the gradients it gives, except those that say they accumulate. The same guarantees as those
 * of {@link Operations} hold: on {@code scalar} and {@code vector} neither threads nor what else is in the batch change a
 * bit.
 */
public interface BackwardOperations {

    /**
     * dx = W^T dy for every row; with two factors dx = B^T (A^T dy).
     *
     * @param dy t by m
     * @param dx t by n, another tensor than {@code dy}
     */
    void linear(Tensor dy, Linear layer, Tensor dx);

    /**
     * dW = dW + dy^T x, the gradient with respect to a dense weight.
     *
     * @param dy t by m
     * @param x t by n
     * @param into dW, m by n
     */
    void accumulateWeight(Tensor dy, Tensor x, Tensor into);

    /**
     * Through {@link Operations#rmsNorm}.
     *
     * @param x what the norm read, t by n
     * @param dx t by n; may be {@code dy} itself
     */
    void rmsNorm(Tensor x, Tensor weight, double epsilon, Tensor dy, Tensor dx);

    /**
     * Through {@link Operations#layerNorm}.
     *
     * @param x what the norm read, t by n
     * @param dx t by n; may be {@code dy} itself
     */
    void layerNorm(Tensor x, Tensor weight, double epsilon, Tensor dy, Tensor dx);

    /** Through {@link Operations#rotate}: the transposed one, in place. Cosines and sines may carry a factor, as with YaRN. */
    void rotate(Tensor gradient, int headSize, Tensor cosine, Tensor sine, PackedSequences batch);

    /**
     * Through {@link Operations#attention}, whose scores are computed again.
     *
     * @param query as the attention read it, and so key and value
     * @param dOut t by (heads * headSize)
     * @param dQuery as {@code query}
     * @param dKey as {@code key}, summed over the query heads that share it
     * @param dValue as {@code value}
     */
    void attention(
            Tensor query,
            Tensor key,
            Tensor value,
            AttentionShape shape,
            PackedSequences batch,
            Tensor dOut,
            Tensor dQuery,
            Tensor dKey,
            Tensor dValue);

    /**
     * Through {@link Operations#activate}, in place: gradient = gradient * activation'(x).
     *
     * @param x what the activation read
     */
    void activate(Tensor x, Activation activation, Tensor gradient);

    /**
     * Through {@link Operations#gate}: y = activation(gate) * up.
     *
     * @param gate what the activation read
     * @param dUp may be {@code dy} itself
     */
    void gate(Tensor gate, Tensor up, Activation activation, Tensor dy, Tensor dGate, Tensor dUp);

    /**
     * The gradient of a weighted sum of negative log-probabilities with respect to the hidden rows they come from, never
     * holding the logits of all rows at once. Waits for the result.
     *
     * @param hidden t by n, after the final norm
     * @param rows which rows of {@code hidden} are asked, each at most once
     * @param targets token asked at each of {@code rows}
     * @param weight what every -log p is multiplied by
     * @param head v by n
     * @param softCap logits become cap tanh(logit / cap); 0 for none
     * @param logProbabilities receives one natural logarithm a row, unweighted; not a number if any logit is not finite
     * @param dHidden t by n; zero in the rows that are not asked, not a number in those whose log-probability is not
     */
    void logProbabilities(
            Tensor hidden,
            int[] rows,
            int[] targets,
            double weight,
            Matrix head,
            double softCap,
            double[] logProbabilities,
            Tensor dHidden);

    /**
     * Adds the products of corresponding elements to their sums, sequence by sequence in order.
     *
     * @param a t by n
     * @param b t by n; may be {@code a} itself
     */
    void accumulate(Tensor a, Tensor b, PackedSequences batch, ProductSums into);

    /** The sums accumulated so far. Waits for the result. */
    ProductSumValues values(ProductSums sums);
}
