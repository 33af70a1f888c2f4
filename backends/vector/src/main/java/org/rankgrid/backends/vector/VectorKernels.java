package org.rankgrid.backends.vector;

import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;
import org.rankgrid.backends.scalar.HostBackwardKernels;
import org.rankgrid.backends.scalar.HostLinear;
import org.rankgrid.backends.scalar.HostMatrix;
import org.rankgrid.backends.scalar.HostMoments;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.backends.scalar.ScalarKernels;
import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.RowSource;

/**
 * The kernels of the vector backend. A backend that replaces some of them extends this class and computes on its
 * {@link #pool}; where it overrides {@link #pack} it overrides everything that reads a matrix, here and of
 * {@link #backward()}.
 */
public class VectorKernels extends ScalarKernels {

    private final WorkerPool pool;
    private final Embedding embedding;
    private final Gemm gemm;
    private final GatedGemm gatedGemm;
    private final ElementWise elementWise;
    private final RowWise rowWise;
    private final Rotation rotation;
    private final Attention attention;
    private final VocabularyScorer vocabulary;
    private final VocabularyDivergence divergence;
    private final Syrk syrk;
    private final VectorBackwardKernels backward;

    /** Kernels on a number of threads, of which the caller's is one. */
    public VectorKernels(int threads) {
        pool = new WorkerPool(threads);
        embedding = new Embedding(pool);
        gemm = new Gemm(pool);
        gatedGemm = new GatedGemm(pool);
        elementWise = new ElementWise(pool);
        rowWise = new RowWise(pool);
        rotation = new Rotation(pool);
        attention = new Attention(pool);
        vocabulary = new VocabularyScorer(pool);
        divergence = new VocabularyDivergence(pool, vocabulary);
        syrk = new Syrk(pool);
        backward = new VectorBackwardKernels(pool);
    }

    /** The threads these kernels compute on. */
    protected final WorkerPool pool() {
        return pool;
    }

    @Override
    public HostMatrix pack(RowSource source, Arena arena) {
        return PackedMatrix.pack(source, arena, pool);
    }

    @Override
    public void embed(HostMatrix table, int[] ids, HostTensor out) {
        embedding.embed(PackedMatrix.of(table), ids, out);
    }

    @Override
    public void linear(HostTensor x, HostMatrix weight, @Nullable HostTensor bias, HostTensor y) {
        gemm.dense(x, PackedMatrix.of(weight), bias, y);
    }

    @Override
    public void lowRank(HostTensor x, HostMatrix left, HostMatrix right, @Nullable HostTensor bias, HostTensor y) {
        gemm.lowRank(x, PackedMatrix.of(left), PackedMatrix.of(right), bias, y);
    }

    @Override
    public void add(HostTensor x, HostTensor into) {
        elementWise.add(x, into);
    }

    @Override
    public void rmsNorm(HostTensor x, HostTensor weight, double epsilon, HostTensor out) {
        rowWise.rmsNorm(x, weight, epsilon, out);
    }

    @Override
    public void layerNorm(HostTensor x, HostTensor weight, HostTensor bias, double epsilon, HostTensor out) {
        rowWise.layerNorm(x, weight, bias, epsilon, out);
    }

    @Override
    public void rotate(HostTensor x, int headSize, HostTensor cosine, HostTensor sine, PackedSequences batch) {
        rotation.rotate(x, headSize, cosine, sine, batch);
    }

    @Override
    public void attention(
            HostTensor query,
            HostTensor key,
            HostTensor value,
            AttentionShape shape,
            PackedSequences batch,
            HostTensor out) {
        attention.attend(query, key, value, shape, batch, out);
    }

    @Override
    public void activate(HostTensor x, Activation activation) {
        elementWise.activate(x, activation);
    }

    @Override
    public void gate(HostTensor gate, HostTensor up, Activation activation) {
        elementWise.gate(gate, up, activation);
    }

    @Override
    public void gated(
            HostTensor x, HostLinear gate, HostLinear up, Activation activation, HostTensor room, HostTensor out) {
        gatedGemm.multiply(x, gate, up, activation, out);
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
        vocabulary.score(hidden, rows, targets, PackedMatrix.of(head), softCap, logProbabilities, best);
    }

    @Override
    public void accumulate(HostTensor x, PackedSequences batch, int[] groups, HostMoments into) {
        syrk.accumulate(x, batch, groups, into);
    }

    @Override
    public void cosines(HostTensor a, HostTensor b, double[] into) {
        rowWise.cosines(a, b, into);
    }

    @Override
    public void scaleColumns(HostTensor x, HostTensor factors, HostTensor out) {
        rowWise.scaleColumns(x, factors, out);
    }

    @Override
    public void divergences(
            HostTensor hidden, HostTensor reference, HostMatrix head, double softCap, double[] divergences) {
        divergence.diverge(hidden, reference, PackedMatrix.of(head), softCap, divergences);
    }

    @Override
    public HostBackwardKernels backward() {
        return backward;
    }

    @Override
    public void close() {
        pool.close();
        gemm.close();
        gatedGemm.close();
        attention.close();
        vocabulary.close();
        divergence.close();
        backward.close();
    }
}
