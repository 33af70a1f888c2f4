package org.rankgrid.model.decoder;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.rankgrid.spi.compute.Operations;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;

/**
 * What a block computes on its way, all t by features. Lean ones, for the way forward, share a tensor where one step may
 * write over what the step before it gave; complete ones keep all that the way back reads.
 */
final class Activations implements AutoCloseable {

    private final Scope scope;
    /** What the linear layers of the attention read where a norm stands before them, t by hidden. */
    final Tensor attentionInput;
    /** What those of the feed-forward network read; lean, the same tensor as that of the attention. */
    final Tensor feedForwardInput;
    /** Queries and keys before their norm; where there is none or nothing is kept, the same tensors as after it. */
    final Tensor plainQuery;

    final Tensor plainKey;

    final Tensor query;
    final Tensor key;
    final Tensor value;
    /** Values mixed by the attention, t by (heads * headSize); only used by lean ones, the way back is given them. */
    final Tensor mixed;
    /** Branch of the attention before its norm; {@code middle} where there is none or nothing is kept. */
    final Tensor attentionGiven;
    /** Branch of the attention, then the stream between the sublayers, t by hidden. */
    final Tensor middle;

    final Tensor up;
    /** What the activation reads: the same tensor as {@code up} where there is no gate. */
    final Tensor gate;
    /** What the activation gives, and the last linear layer reads; lean, the same tensor as {@code gate}. */
    final Tensor activated;
    /** Branch of the feed-forward network before its norm; only used where that is kept. */
    final Tensor feedForwardGiven;

    /** What layers with components compute in the basis of these. */
    final Coordinates coordinates;

    /** 1 by inner, of complete ones. */
    private final Optional<Tensor> ones;

    private Activations(DecoderSpec spec, int tokens, Scope scope, boolean complete, boolean watched) {
        this.scope = scope;
        coordinates = new Coordinates(scope, tokens, watched);
        AttentionSpec attention = spec.attention();
        FeedForwardSpec network = spec.feedForward();
        Set<BlockNorm> kept = complete ? spec.norms() : Set.of();
        attentionInput = scope.tensor(tokens, spec.hidden());
        feedForwardInput = complete ? scope.tensor(tokens, spec.hidden()) : attentionInput;
        middle = scope.tensor(tokens, spec.hidden());
        attentionGiven = kept.contains(BlockNorm.AFTER_ATTENTION) ? scope.tensor(tokens, spec.hidden()) : middle;
        feedForwardGiven = kept.contains(BlockNorm.AFTER_FEED_FORWARD) ? scope.tensor(tokens, spec.hidden()) : middle;
        query = scope.tensor(tokens, attention.queryFeatures());
        key = scope.tensor(tokens, attention.keyValueFeatures());
        plainQuery = kept.contains(BlockNorm.QUERY) ? scope.tensor(tokens, attention.queryFeatures()) : query;
        plainKey = kept.contains(BlockNorm.KEY) ? scope.tensor(tokens, attention.keyValueFeatures()) : key;
        value = scope.tensor(tokens, attention.keyValueFeatures());
        mixed = complete ? query : scope.tensor(tokens, attention.queryFeatures());
        up = scope.tensor(tokens, network.inner());
        gate = network.gated() ? scope.tensor(tokens, network.inner()) : up;
        activated = complete ? scope.tensor(tokens, network.inner()) : gate;
        ones = complete ? Optional.of(scope.upload(ones(network.inner()), 1, network.inner())) : Optional.empty();
    }

    /** For the way forward alone. */
    static Activations lean(DecoderSpec spec, int tokens, Scope scope) {
        return new Activations(spec, tokens, scope, false, false);
    }

    /**
     * With all that the way back reads.
     *
     * @param watched whether an observer wants the components of layers on it
     */
    static Activations complete(DecoderSpec spec, int tokens, Scope scope, boolean watched) {
        return new Activations(spec, tokens, scope, true, watched);
    }

    /** Whether all is kept that the way back reads. */
    boolean complete() {
        return ones.isPresent();
    }

    /** Copies what the activation reads to where it will be activated, unless nobody reads it afterwards. */
    void keepGate(Operations operations) {
        ones.ifPresent(factors -> operations.scaleColumns(gate, factors, activated));
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Override
    public void close() {
        scope.close();
    }
}
