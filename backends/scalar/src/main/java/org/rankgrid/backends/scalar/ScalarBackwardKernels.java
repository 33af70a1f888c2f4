package org.rankgrid.backends.scalar;

import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.PackedSequences;

/**
 * Every backward kernel as a plain loop on the calling thread, sums in double. A host backend extends it and overrides what
 * it computes faster; all that is asked of a matrix here is that its rows can be read.
 */
public class ScalarBackwardKernels implements HostBackwardKernels {

    /** Kernels without state. */
    public ScalarBackwardKernels() {}

    @Override
    public void linear(HostTensor dy, HostMatrix weight, HostTensor dx) {
        ScalarLinearBackward.dense(dy, weight, dx);
    }

    @Override
    public void lowRank(HostTensor dy, HostMatrix left, HostMatrix right, HostTensor dx) {
        ScalarLinearBackward.lowRank(dy, left, right, dx);
    }

    @Override
    public void accumulateWeight(HostTensor dy, HostTensor x, HostTensor into) {
        ScalarLinearBackward.weight(dy, x, into);
    }

    @Override
    public void rmsNorm(HostTensor x, HostTensor weight, double epsilon, HostTensor dy, HostTensor dx) {
        ScalarNormBackward.rms(x, weight, epsilon, dy, dx);
    }

    @Override
    public void layerNorm(HostTensor x, HostTensor weight, double epsilon, HostTensor dy, HostTensor dx) {
        ScalarNormBackward.layer(x, weight, epsilon, dy, dx);
    }

    @Override
    public void rotate(HostTensor gradient, int headSize, HostTensor cosine, HostTensor sine, PackedSequences batch) {
        ScalarRotation.rotateBack(gradient, headSize, cosine, sine, batch);
    }

    @Override
    public void attention(
            HostTensor query,
            HostTensor key,
            HostTensor value,
            AttentionShape shape,
            PackedSequences batch,
            HostTensor dOut,
            HostTensor dQuery,
            HostTensor dKey,
            HostTensor dValue) {
        for (int s = 0; s < batch.count(); s++) {
            new ScalarAttentionBackward(query, key, value, shape, dOut, batch.start(s), batch.end(s))
                    .run(dQuery, dKey, dValue);
        }
    }

    @Override
    public void activate(HostTensor x, Activation activation, HostTensor gradient) {
        ScalarActivationBackward.activate(x, activation, gradient);
    }

    @Override
    public void gate(
            HostTensor gate, HostTensor up, Activation activation, HostTensor dy, HostTensor dGate, HostTensor dUp) {
        ScalarActivationBackward.gate(gate, up, activation, dy, dGate, dUp);
    }

    @Override
    public void logProbabilities(
            HostTensor hidden,
            int[] rows,
            int[] targets,
            double weight,
            HostMatrix head,
            double softCap,
            double[] logProbabilities,
            HostTensor dHidden) {
        ScalarVocabulary.differentiate(hidden, rows, targets, weight, head, softCap, logProbabilities, dHidden);
    }

    @Override
    public void accumulate(HostTensor a, HostTensor b, PackedSequences batch, HostProductSums into) {
        ScalarMoments.accumulateProducts(a, b, batch, into);
    }
}
