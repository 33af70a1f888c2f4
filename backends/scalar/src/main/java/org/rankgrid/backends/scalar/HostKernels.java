package org.rankgrid.backends.scalar;

import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;
import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.RowSource;

/**
 * The kernels of a host backend: {@link org.rankgrid.spi.compute.Operations} on tensors in memory segments. Whoever calls
 * has checked all shapes; the meaning of each kernel is that of the operation of the same name. A backend that speeds up
 * some of them extends {@link ScalarKernels}.
 */
public interface HostKernels extends AutoCloseable {

    /** Stores a weight in the layout of these kernels, in memory of the arena. */
    HostMatrix pack(RowSource source, Arena arena);

    /** Rows of a table. */
    void embed(HostMatrix table, int[] ids, HostTensor out);

    /** y = W x + b. */
    default void linear(HostTensor x, HostLinear layer, HostTensor y) {
        switch (layer) {
            case HostLinear.Dense(HostMatrix weight, HostTensor bias) -> linear(x, weight, bias, y);
            case HostLinear.LowRank(HostMatrix left, HostMatrix right, HostTensor bias) ->
                lowRank(x, left, right, bias, y);
        }
    }

    /** y = W x + b; the bias may be absent. */
    void linear(HostTensor x, HostMatrix weight, @Nullable HostTensor bias, HostTensor y);

    /** y = A (B x) + b; the bias may be absent. */
    void lowRank(HostTensor x, HostMatrix left, HostMatrix right, @Nullable HostTensor bias, HostTensor y);

    /** into = into + x. */
    void add(HostTensor x, HostTensor into);

    /** Root-mean-square norm of groups of features as wide as the weight. */
    void rmsNorm(HostTensor x, HostTensor weight, double epsilon, HostTensor out);

    /** Layer norm of every row. */
    void layerNorm(HostTensor x, HostTensor weight, HostTensor bias, double epsilon, HostTensor out);

    /** Rotary position embedding, half-split layout. */
    void rotate(HostTensor x, int headSize, HostTensor cosine, HostTensor sine, PackedSequences batch);

    /** Causal attention within each sequence. */
    void attention(
            HostTensor query,
            HostTensor key,
            HostTensor value,
            AttentionShape shape,
            PackedSequences batch,
            HostTensor out);

    /** x = activation(x). */
    void activate(HostTensor x, Activation activation);

    /** gate = activation(gate) * up. */
    void gate(HostTensor gate, HostTensor up, Activation activation);

    /** out = activation(G x + g) * (U x + u). */
    default void gated(
            HostTensor x, HostLinear gate, HostLinear up, Activation activation, HostTensor room, HostTensor out) {
        gatedInSteps(x, gate, up, activation, room, out);
    }

    /** The same by the kernels of its three steps, one after the other. */
    default void gatedInSteps(
            HostTensor x, HostLinear gate, HostLinear up, Activation activation, HostTensor room, HostTensor out) {
        linear(x, up, room);
        linear(x, gate, out);
        gate(out, room, activation);
    }

    /** Log-probabilities of given tokens and the most probable one of each asked row, -1 where a logit is not finite. */
    void logProbabilities(
            HostTensor hidden,
            int[] rows,
            int[] targets,
            HostMatrix head,
            double softCap,
            double[] logProbabilities,
            int[] best);

    /** Adds rows to the moments of an activation. */
    void accumulate(HostTensor x, PackedSequences batch, int[] groups, HostMoments into);

    /** Cosines between corresponding rows. */
    void cosines(HostTensor a, HostTensor b, double[] into);

    /** x diag(factors); x may be out. */
    void scaleColumns(HostTensor x, HostTensor factors, HostTensor out);

    /** Kullback-Leibler divergences of the distributions of corresponding rows. */
    void divergences(HostTensor hidden, HostTensor reference, HostMatrix head, double softCap, double[] divergences);

    /** The backward kernels; asked for once, after these are constructed. */
    HostBackwardKernels backward();

    /** Ends the threads of these kernels, if they have any. */
    @Override
    void close();
}
