package org.rankgrid.model.decoder;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rankgrid.model.decoder.Workspace.Activations;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.Linear;
import org.rankgrid.spi.compute.Operations;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;
import org.rankgrid.spi.rank.Sublayer;

/** One block of a decoder on a backend: attention and a feed-forward network, each added to the residual stream. */
public final class DecoderBlock {

    private final DecoderSpec spec;
    private final int index;
    private final Operations operations;
    private final Map<Role, Layer> layers = new EnumMap<>(Role.class);
    private final Map<Role, Linear> linears = new EnumMap<>(Role.class);
    private final Map<BlockNorm, Norm> norms = new EnumMap<>(BlockNorm.class);

    private DecoderBlock(DecoderSpec spec, int index, Operations operations) {
        this.spec = spec;
        this.index = index;
        this.operations = operations;
    }

    /**
     * Puts the weights of a block on a backend.
     *
     * @param block its index, from 0
     * @param scope owns the weights: the block lives as long as it
     */
    public static DecoderBlock load(DecoderWeights weights, int block, Backend backend, Scope scope) {
        DecoderSpec spec = weights.spec();
        DecoderBlock loaded = new DecoderBlock(spec, Objects.checkIndex(block, spec.blocks()), backend.operations());
        for (Layer layer : weights.layers()) {
            if (layer.block() == block) {
                loaded.layers.put(layer.role(), layer);
                loaded.linears.put(layer.role(), weights.linear(layer.key()).pack(scope));
            }
        }
        for (BlockNorm norm : spec.norms()) {
            loaded.norms.put(
                    norm, Norm.load(weights.norm(block, norm), spec.norm().epsilon(), scope));
        }
        return loaded;
    }

    /**
     * Runs the block over a packed batch. The stream is not written in place, so that what entered the block is still there
     * for whoever compares or differentiates; callers swap two tensors from block to block.
     *
     * @param stream t by hidden, left unchanged
     * @param into t by hidden, receives the stream after the block; another tensor than {@code stream}
     */
    @SuppressWarnings("ReferenceEquality") // the same tensor is meant, not an equal one
    public void forward(
            Tensor stream, Tensor into, PackedSequences batch, Workspace workspace, BlockObserver observer) {
        if (stream == into) {
            throw new IllegalArgumentException("a block does not write its stream in place");
        }
        Activations at = workspace.activations(batch.tokens());
        if (spec.parallelResidual()) {
            parallel(stream, into, batch, workspace, at, observer);
        } else {
            sequential(stream, into, batch, workspace, at, observer);
        }
        observer.block(index, stream, into);
    }

    private void sequential(
            Tensor stream,
            Tensor into,
            PackedSequences batch,
            Workspace workspace,
            Activations at,
            BlockObserver observer) {
        attention(stream, at.middle, batch, workspace, at, observer);
        observer.branch(index, Sublayer.ATTENTION, stream, at.middle);
        operations.add(stream, at.middle);
        observer.sum(index, Sublayer.ATTENTION, stream, at.middle);

        feedForward(at.middle, into, at, observer);
        observer.branch(index, Sublayer.FEED_FORWARD, at.middle, into);
        operations.add(at.middle, into);
        observer.sum(index, Sublayer.FEED_FORWARD, at.middle, into);
    }

    /** Both branches read the stream that entered; their order of addition leaves x + f(x) of each to be seen on the way. */
    private void parallel(
            Tensor stream,
            Tensor into,
            PackedSequences batch,
            Workspace workspace,
            Activations at,
            BlockObserver observer) {
        attention(stream, at.middle, batch, workspace, at, observer);
        observer.branch(index, Sublayer.ATTENTION, stream, at.middle);
        feedForward(stream, into, at, observer);
        observer.branch(index, Sublayer.FEED_FORWARD, stream, into);

        operations.add(stream, into);
        observer.sum(index, Sublayer.FEED_FORWARD, stream, into);
        operations.add(at.middle, into);
        operations.add(stream, at.middle);
        observer.sum(index, Sublayer.ATTENTION, stream, at.middle);
    }

    private void attention(
            Tensor x,
            Tensor branch,
            PackedSequences batch,
            Workspace workspace,
            Activations at,
            BlockObserver observer) {
        Tensor input = normed(BlockNorm.BEFORE_ATTENTION, x, at.normed);
        observer.linearInput(layers(Role.Q, Role.K, Role.V), input);
        linear(Role.Q, input, at.query);
        linear(Role.K, input, at.key);
        linear(Role.V, input, at.value);
        normed(BlockNorm.QUERY, at.query, at.query);
        normed(BlockNorm.KEY, at.key, at.key);
        if (spec.positions() instanceof PositionSpec.Rotary rotary) {
            Workspace.Rotation rotation = workspace.rotation(rotary, batch.longest());
            int headSize = spec.attention().headSize();
            operations.rotate(at.query, headSize, rotation.cosine, rotation.sine, batch);
            operations.rotate(at.key, headSize, rotation.cosine, rotation.sine, batch);
        }
        operations.attention(at.query, at.key, at.value, spec.attention().shape(index), batch, at.mixed);
        observer.linearInput(layers(Role.O), at.mixed);
        linear(Role.O, at.mixed, branch);
        normed(BlockNorm.AFTER_ATTENTION, branch, branch);
    }

    private void feedForward(Tensor x, Tensor branch, Activations at, BlockObserver observer) {
        FeedForwardSpec network = spec.feedForward();
        Tensor input = normed(BlockNorm.BEFORE_FEED_FORWARD, x, at.normed);
        observer.linearInput(layers(Role.GATE, Role.UP), input);
        linear(Role.UP, input, at.up);
        if (network.gated()) {
            linear(Role.GATE, input, at.gate);
            operations.gate(at.gate, at.up, network.activation());
        } else {
            operations.activate(at.up, network.activation());
        }
        observer.linearInput(layers(Role.DOWN), at.gate);
        linear(Role.DOWN, at.gate, branch);
        normed(BlockNorm.AFTER_FEED_FORWARD, branch, branch);
    }

    /** {@code x} through a norm into {@code out}, or {@code x} itself where the block has no such norm. */
    private Tensor normed(BlockNorm which, Tensor x, Tensor out) {
        Norm norm = norms.get(which);
        if (norm == null) {
            return x;
        }
        norm.apply(operations, x, out);
        return out;
    }

    private void linear(Role role, Tensor x, Tensor y) {
        operations.linear(x, Objects.requireNonNull(linears.get(role)), y);
    }

    /** Those of the layers that the block has. */
    private List<Layer> layers(Role... roles) {
        List<Layer> found = new ArrayList<>(roles.length);
        for (Role role : roles) {
            Layer layer = layers.get(role);
            if (layer != null) {
                found.add(layer);
            }
        }
        return found;
    }
}
