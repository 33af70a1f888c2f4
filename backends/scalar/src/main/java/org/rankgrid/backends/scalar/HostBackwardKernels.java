package org.rankgrid.backends.scalar;

import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.PackedSequences;

/**
 * The backward kernels of a host backend: {@link org.rankgrid.spi.compute.BackwardOperations} on tensors in memory segments.
 * Whoever calls has checked all shapes; the meaning of each kernel is that of the operation of the same name. A backend that
 * speeds up some of them extends {@link ScalarBackwardKernels}. They belong to the {@link HostKernels} that gave them and
 * end with these.
 */
public interface HostBackwardKernels {

    /** dx = W^T dy. */
    void linear(HostTensor dy, HostMatrix weight, HostTensor dx);

    /** dx = B^T (A^T dy). */
    void lowRank(HostTensor dy, HostMatrix left, HostMatrix right, HostTensor dx);

    /** dW = dW + dy^T x. */
    void accumulateWeight(HostTensor dy, HostTensor x, HostTensor into);

    /** Through the root-mean-square norm of groups of features as wide as the weight; dx may be dy. */
    void rmsNorm(HostTensor x, HostTensor weight, double epsilon, HostTensor dy, HostTensor dx);

    /** Through the layer norm of every row; dx may be dy. */
    void layerNorm(HostTensor x, HostTensor weight, double epsilon, HostTensor dy, HostTensor dx);

    /** Through the rotary position embedding, in place. */
    void rotate(HostTensor gradient, int headSize, HostTensor cosine, HostTensor sine, PackedSequences batch);

    /** Through causal attention; the three gradients are other tensors than what is read. */
    void attention(
            HostTensor query,
            HostTensor key,
            HostTensor value,
            AttentionShape shape,
            PackedSequences batch,
            HostTensor dOut,
            HostTensor dQuery,
            HostTensor dKey,
            HostTensor dValue);

    /** gradient = gradient * activation'(x). */
    void activate(HostTensor x, Activation activation, HostTensor gradient);

    /** Through activation(gate) * up; dGate and dUp may be any of what is read. */
    void gate(HostTensor gate, HostTensor up, Activation activation, HostTensor dy, HostTensor dGate, HostTensor dUp);

    /**
     * Log-probabilities and the gradient of their weighted negative sum. Where a logit of a row is not finite, the row's
     * log-probability and its gradient are not numbers.
     */
    void logProbabilities(
            HostTensor hidden,
            int[] rows,
            int[] targets,
            double weight,
            HostMatrix head,
            double softCap,
            double[] logProbabilities,
            HostTensor dHidden);

    /** Adds products of corresponding elements to their sums. */
    void accumulate(HostTensor a, HostTensor b, PackedSequences batch, HostProductSums into);
}
