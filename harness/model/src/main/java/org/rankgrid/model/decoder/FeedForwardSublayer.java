package org.rankgrid.model.decoder;

import org.rankgrid.spi.compute.BackwardOperations;
import org.rankgrid.spi.compute.Operations;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Role;

/** The feed-forward network of a block: norm, projections, activation, projection, norm. */
record FeedForwardSublayer(BlockParts parts) {

    /** Up to what the activation gives, from the stream x. */
    void activate(Tensor x, Activations at, BlockObserver observer) {
        FeedForwardSpec network = parts.spec().feedForward();
        Operations operations = parts.operations();
        Tensor input = parts.normed(BlockNorm.BEFORE_FEED_FORWARD, x, at.feedForwardInput);
        observer.linearInput(parts.layers(Role.GATE, Role.UP), input);
        if (network.gated()
                && !at.complete()
                && parts.linear(Role.GATE) instanceof PlainLinear gate
                && parts.linear(Role.UP) instanceof PlainLinear up) {
            operations.gated(input, gate.linear(), up.linear(), network.activation(), at.up, at.activated);
            return;
        }
        parts.linear(Role.UP).forward(input, at.up, at.coordinates);
        if (network.gated()) {
            parts.linear(Role.GATE).forward(input, at.gate, at.coordinates);
            at.keepGate(operations);
            operations.gate(at.activated, at.up, network.activation());
        } else {
            at.keepGate(operations);
            operations.activate(at.activated, network.activation());
        }
    }

    /**
     * From what the activation gave to the branch.
     *
     * @param given receives the branch before its norm; may be {@code branch}, and is where there is no norm
     */
    void project(Activations at, Tensor given, Tensor branch, BlockObserver observer) {
        observer.linearInput(parts.layers(Role.DOWN), at.activated);
        parts.linear(Role.DOWN).forward(at.activated, given, at.coordinates);
        parts.normed(BlockNorm.AFTER_FEED_FORWARD, given, branch);
    }

    /** What the norm of the branch reads, for the way back; nothing where there is no norm, since nobody will read it. */
    void keepGiven(Activations at) {
        if (parts.has(BlockNorm.AFTER_FEED_FORWARD)) {
            parts.linear(Role.DOWN).forward(at.activated, at.feedForwardGiven, at.coordinates);
        }
    }

    /**
     * Back through the branch.
     *
     * @param x the stream the sublayer read
     * @param gradient of the branch, left unchanged
     * @param at complete, as the way forward filled them
     * @param d its {@code feedForwardInput} receives the gradient of x by way of the branch
     */
    void backward(Tensor x, Tensor gradient, Activations at, BlockGradients d, GradientObserver observer) {
        FeedForwardSpec network = parts.spec().feedForward();
        BackwardOperations back = parts.backend().backward();
        Tensor given = parts.throughNorm(BlockNorm.AFTER_FEED_FORWARD, at.feedForwardGiven, gradient, d.share);
        parts.linear(Role.DOWN).backward(at.activated, given, d.activated, at.coordinates, observer);
        Tensor input = parts.has(BlockNorm.BEFORE_FEED_FORWARD) ? at.feedForwardInput : x;
        if (network.gated()) {
            back.gate(at.gate, at.up, network.activation(), d.activated, d.gate, d.activated);
            parts.linear(Role.UP).backward(input, d.activated, d.feedForwardInput, at.coordinates, observer);
            parts.linear(Role.GATE).backward(input, d.gate, d.share, at.coordinates, observer);
            parts.operations().add(d.share, d.feedForwardInput);
        } else {
            back.activate(at.up, network.activation(), d.activated);
            parts.linear(Role.UP).backward(input, d.activated, d.feedForwardInput, at.coordinates, observer);
        }
        parts.throughNorm(BlockNorm.BEFORE_FEED_FORWARD, x, d.feedForwardInput, d.feedForwardInput);
    }
}
