package org.rankgrid.backends.scalar;

import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;
import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.RowSource;

/**
 * Every kernel as a plain loop on the calling thread, sums in double. A host backend extends it and overrides what it
 * computes faster; all that is asked of a matrix here is that its rows can be read.
 */
public class ScalarKernels implements HostKernels {

    /** Kernels without state. */
    public ScalarKernels() {}

    @Override
    public HostMatrix pack(RowSource source, Arena arena) {
        return RowMajorMatrix.pack(source, arena);
    }

    @Override
    public void embed(HostMatrix table, int[] ids, HostTensor out) {
        ScalarLinear.embed(table, ids, out);
    }

    @Override
    public void linear(HostTensor x, HostMatrix weight, @Nullable HostTensor bias, HostTensor y) {
        ScalarLinear.dense(x, weight, bias, y);
    }

    @Override
    public void lowRank(HostTensor x, HostMatrix left, HostMatrix right, @Nullable HostTensor bias, HostTensor y) {
        ScalarLinear.lowRank(x, left, right, bias, y);
    }

    @Override
    public void add(HostTensor x, HostTensor into) {
        ScalarActivation.add(x, into);
    }

    @Override
    public void rmsNorm(HostTensor x, HostTensor weight, double epsilon, HostTensor out) {
        ScalarNorm.rms(x, weight, epsilon, out);
    }

    @Override
    public void layerNorm(HostTensor x, HostTensor weight, HostTensor bias, double epsilon, HostTensor out) {
        ScalarNorm.layer(x, weight, bias, epsilon, out);
    }

    @Override
    public void rotate(HostTensor x, int headSize, HostTensor cosine, HostTensor sine, PackedSequences batch) {
        ScalarRotation.rotate(x, headSize, cosine, sine, batch);
    }

    @Override
    public void attention(
            HostTensor query,
            HostTensor key,
            HostTensor value,
            AttentionShape shape,
            PackedSequences batch,
            HostTensor out) {
        ScalarAttention.attend(query, key, value, shape, batch, out);
    }

    @Override
    public void activate(HostTensor x, Activation activation) {
        ScalarActivation.activate(x, activation);
    }

    @Override
    public void gate(HostTensor gate, HostTensor up, Activation activation) {
        ScalarActivation.gate(gate, up, activation);
    }

    @Override
    public void logProbabilities(
            HostTensor hidden,
            int[] rows,
            int[] targets,
            HostMatrix head,
            double softCap,
            double[] logProbabilities,
            int[] best) {
        ScalarVocabulary.score(hidden, rows, targets, head, softCap, logProbabilities, best);
    }

    @Override
    public void accumulate(HostTensor x, PackedSequences batch, int[] groups, HostMoments into) {
        ScalarMoments.accumulate(x, batch, groups, into);
    }

    @Override
    public void cosines(HostTensor a, HostTensor b, double[] into) {
        ScalarMoments.cosines(a, b, into);
    }

    @Override
    public void scaleColumns(HostTensor x, HostTensor factors, HostTensor out) {
        ScalarActivation.scaleColumns(x, factors, out);
    }

    @Override
    public void divergences(
            HostTensor hidden, HostTensor reference, HostMatrix head, double softCap, double[] divergences) {
        ScalarVocabulary.divergences(hidden, reference, head, softCap, divergences);
    }

    @Override
    public HostBackwardKernels backward() {
        return new ScalarBackwardKernels();
    }

    @Override
    public void close() {
        // No threads of their own.
    }
}
