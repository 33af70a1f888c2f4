package org.rankgrid.model.decoder;

import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;

/** Gradients of a loss with respect to what a block computes on its way, all t by features. */
final class BlockGradients {

    /** Of the stream that a sublayer read, on the way through the sublayer, t by hidden. */
    final Tensor attentionInput;

    final Tensor feedForwardInput;
    /** Of what a sublayer gave, before its norm; then what one linear layer adds to the gradient of the sublayer's input. */
    final Tensor share;

    final Tensor query;
    final Tensor key;
    final Tensor value;
    final Tensor mixed;
    /** Of what the activation gave, then of what {@code up} gave. */
    final Tensor activated;
    /** The same tensor as {@code activated} where there is no gate. */
    final Tensor gate;

    BlockGradients(DecoderSpec spec, int tokens, Scope scope) {
        AttentionSpec attention = spec.attention();
        attentionInput = scope.tensor(tokens, spec.hidden());
        feedForwardInput = scope.tensor(tokens, spec.hidden());
        share = scope.tensor(tokens, spec.hidden());
        query = scope.tensor(tokens, attention.queryFeatures());
        key = scope.tensor(tokens, attention.keyValueFeatures());
        value = scope.tensor(tokens, attention.keyValueFeatures());
        mixed = scope.tensor(tokens, attention.queryFeatures());
        activated = scope.tensor(tokens, spec.feedForward().inner());
        gate = spec.feedForward().gated()
                ? scope.tensor(tokens, spec.feedForward().inner())
                : activated;
    }
}
