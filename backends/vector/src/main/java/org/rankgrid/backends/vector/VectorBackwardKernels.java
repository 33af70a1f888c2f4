package org.rankgrid.backends.vector;

import org.rankgrid.backends.scalar.HostBackwardKernels;
import org.rankgrid.backends.scalar.HostMatrix;
import org.rankgrid.backends.scalar.HostProductSums;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.PackedSequences;

/**
 * The backward kernels of the vector backend. A backend that lays out its weights otherwise extends this class and overrides
 * everything that reads a matrix.
 */
public class VectorBackwardKernels implements HostBackwardKernels, AutoCloseable {

    private final GemmBackward gemm;
    private final RowWiseBackward rowWise;
    private final Rotation rotation;
    private final AttentionBackward attention;
    private final ElementWiseBackward elementWise;
    private final VocabularyGradient vocabulary;
    private final ProductAccumulation products;

    /** Kernels on the threads of a pool, which they do not close. */
    public VectorBackwardKernels(WorkerPool pool) {
        gemm = new GemmBackward(pool);
        rowWise = new RowWiseBackward(pool);
        rotation = new Rotation(pool);
        attention = new AttentionBackward(pool);
        elementWise = new ElementWiseBackward(pool);
        vocabulary = new VocabularyGradient(pool);
        products = new ProductAccumulation(pool);
    }

    @Override
    public void linear(HostTensor dy, HostMatrix weight, HostTensor dx) {
        gemm.dense(dy, PackedMatrix.of(weight), dx);
    }

    @Override
    public void lowRank(HostTensor dy, HostMatrix left, HostMatrix right, HostTensor dx) {
        gemm.lowRank(dy, PackedMatrix.of(left), PackedMatrix.of(right), dx);
    }

    @Override
    public void accumulateWeight(HostTensor dy, HostTensor x, HostTensor into) {
        gemm.weight(dy, x, into);
    }

    @Override
    public void rmsNorm(HostTensor x, HostTensor weight, double epsilon, HostTensor dy, HostTensor dx) {
        rowWise.rmsNorm(x, weight, epsilon, dy, dx);
    }

    @Override
    public void layerNorm(HostTensor x, HostTensor weight, double epsilon, HostTensor dy, HostTensor dx) {
        rowWise.layerNorm(x, weight, epsilon, dy, dx);
    }

    @Override
    public void rotate(HostTensor gradient, int headSize, HostTensor cosine, HostTensor sine, PackedSequences batch) {
        rotation.rotateBack(gradient, headSize, cosine, sine, batch);
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
        attention.differentiate(query, key, value, shape, batch, dOut, dQuery, dKey, dValue);
    }

    @Override
    public void activate(HostTensor x, Activation activation, HostTensor gradient) {
        elementWise.activate(x, activation, gradient);
    }

    @Override
    public void gate(
            HostTensor gate, HostTensor up, Activation activation, HostTensor dy, HostTensor dGate, HostTensor dUp) {
        elementWise.gate(gate, up, activation, dy, dGate, dUp);
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
        vocabulary.differentiate(
                hidden, rows, targets, weight, PackedMatrix.of(head), softCap, logProbabilities, dHidden);
    }

    @Override
    public void accumulate(HostTensor a, HostTensor b, PackedSequences batch, HostProductSums into) {
        products.accumulate(a, b, batch, into);
    }

    /** Frees the memory kept between calls. */
    @Override
    public void close() {
        gemm.close();
        attention.close();
        elementWise.close();
        vocabulary.close();
    }
}
