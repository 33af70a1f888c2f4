package org.rankgrid.model.decoder;

import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.Operations;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Sublayer;

/** One block of a decoder on a backend: attention and a feed-forward network, each added to the residual stream. */
public final class DecoderBlock {

    private final int index;
    private final boolean parallel;
    private final Operations operations;
    private final AttentionSublayer attention;
    private final FeedForwardSublayer feedForward;

    /** A block with its weights. */
    DecoderBlock(BlockParts parts) {
        index = parts.index();
        parallel = parts.spec().parallelResidual();
        operations = parts.operations();
        attention = new AttentionSublayer(parts);
        feedForward = new FeedForwardSublayer(parts);
    }

    /**
     * Puts the weights of a block on a backend.
     *
     * @param block its index, from 0
     * @param scope owns the weights: the block lives as long as it
     */
    public static DecoderBlock load(DecoderWeights weights, int block, Backend backend, Scope scope) {
        return new DecoderBlock(BlockParts.load(weights, block, backend, scope, BlockLinear.Maker.plain(backend)));
    }

    /**
     * Runs the block over a packed batch. The stream is not written in place, so that what entered the block is still there
     * for whoever compares or differentiates; callers swap two tensors from block to block.
     *
     * @param stream t by hidden, left unchanged
     * @param into t by hidden, receives the stream after the block; another tensor than {@code stream}
     */
    public void forward(
            Tensor stream, Tensor into, PackedSequences batch, Workspace workspace, BlockObserver observer) {
        forward(stream, into, workspace.activations(batch.tokens()).mixed, batch, workspace, observer);
    }

    /**
     * Runs the block as the other does, for a way back.
     *
     * @param mixed t by (heads * headSize), receives the mixed values, which {@link #backward} does not compute again
     */
    @SuppressWarnings("ReferenceEquality") // the same tensor is meant, not an equal one
    void forward(
            Tensor stream,
            Tensor into,
            Tensor mixed,
            PackedSequences batch,
            Workspace workspace,
            BlockObserver observer) {
        if (stream == into) {
            throw new IllegalArgumentException("a block does not write its stream in place");
        }
        Activations at = workspace.activations(batch.tokens());
        attention.prepare(stream, batch, workspace, at, observer);
        attention.mix(at, batch, mixed);
        attention.project(mixed, at, at.middle, at.middle, observer);
        observer.branch(index, Sublayer.ATTENTION, stream, at.middle);
        if (parallel) {
            parallel(stream, into, at, observer);
        } else {
            sequential(stream, into, at, observer);
        }
        observer.block(index, stream, into);
    }

    private void sequential(Tensor stream, Tensor into, Activations at, BlockObserver observer) {
        operations.add(stream, at.middle);
        observer.sum(index, Sublayer.ATTENTION, stream, at.middle);

        feedForward.activate(at.middle, at, observer);
        feedForward.project(at, into, into, observer);
        observer.branch(index, Sublayer.FEED_FORWARD, at.middle, into);
        operations.add(at.middle, into);
        observer.sum(index, Sublayer.FEED_FORWARD, at.middle, into);
    }

    /** Both branches read the stream that entered; their order of addition leaves x + f(x) of each to be seen on the way. */
    private void parallel(Tensor stream, Tensor into, Activations at, BlockObserver observer) {
        feedForward.activate(stream, at, observer);
        feedForward.project(at, into, into, observer);
        observer.branch(index, Sublayer.FEED_FORWARD, stream, into);

        operations.add(stream, into);
        observer.sum(index, Sublayer.FEED_FORWARD, stream, into);
        operations.add(at.middle, into);
        operations.add(stream, at.middle);
        observer.sum(index, Sublayer.ATTENTION, stream, at.middle);
    }

    /**
     * Goes back through the block, whose other activations are computed again first.
     *
     * @param stream what entered the block, t by hidden
     * @param mixed the mixed values of the way forward
     * @param gradient dl/d(the stream after the block), t by hidden; becomes dl/d(the stream that entered)
     * @param at complete, to be written
     * @param d to be written
     */
    void backward(
            Tensor stream,
            Tensor mixed,
            Tensor gradient,
            PackedSequences batch,
            Workspace workspace,
            Activations at,
            BlockGradients d,
            GradientObserver observer) {
        at.coordinates.begin();
        attention.prepare(stream, batch, workspace, at, BlockObserver.NONE);
        attention.project(mixed, at, at.attentionGiven, at.middle, BlockObserver.NONE);
        operations.add(stream, at.middle);
        Tensor read = parallel ? stream : at.middle;
        feedForward.activate(read, at, BlockObserver.NONE);
        feedForward.keepGiven(at);

        feedForward.backward(read, gradient, at, d, observer);
        if (parallel) {
            attention.backward(stream, mixed, gradient, batch, workspace, at, d, observer);
            operations.add(d.feedForwardInput, gradient);
        } else {
            operations.add(d.feedForwardInput, gradient);
            attention.backward(stream, mixed, gradient, batch, workspace, at, d, observer);
        }
        operations.add(d.attentionInput, gradient);
    }
}
