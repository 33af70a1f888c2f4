package org.rankgrid.model.decoder;

import org.rankgrid.spi.compute.BackwardOperations;
import org.rankgrid.spi.compute.Operations;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Role;

/** The attention of a block: norm, projections, rotation, attention, projection, norm. */
record AttentionSublayer(BlockParts parts) {

    /** Up to queries, keys and values, from the stream x. */
    void prepare(Tensor x, PackedSequences batch, Workspace workspace, Activations at, BlockObserver observer) {
        Operations operations = parts.operations();
        Tensor input = parts.normed(BlockNorm.BEFORE_ATTENTION, x, at.attentionInput);
        observer.linearInput(parts.layers(Role.Q, Role.K, Role.V), input);
        parts.linear(Role.Q).forward(input, at.plainQuery, at.coordinates);
        parts.linear(Role.K).forward(input, at.plainKey, at.coordinates);
        parts.linear(Role.V).forward(input, at.value, at.coordinates);
        parts.normed(BlockNorm.QUERY, at.plainQuery, at.query);
        parts.normed(BlockNorm.KEY, at.plainKey, at.key);
        if (parts.spec().positions() instanceof PositionSpec.Rotary rotary) {
            Workspace.Rotation rotation = workspace.rotation(rotary, batch.longest());
            int headSize = parts.spec().attention().headSize();
            operations.rotate(at.query, headSize, rotation.cosine, rotation.sine, batch);
            operations.rotate(at.key, headSize, rotation.cosine, rotation.sine, batch);
        }
    }

    /**
     * From queries, keys and values to the mixed values.
     *
     * @param mixed t by (heads * headSize), to be written
     */
    void mix(Activations at, PackedSequences batch, Tensor mixed) {
        parts.operations()
                .attention(at.query, at.key, at.value, parts.spec().attention().shape(parts.index()), batch, mixed);
    }

    /**
     * From the mixed values to the branch.
     *
     * @param mixed what {@link #mix} gave
     * @param given receives the branch before its norm; may be {@code branch}, and is where there is no norm
     */
    void project(Tensor mixed, Activations at, Tensor given, Tensor branch, BlockObserver observer) {
        observer.linearInput(parts.layers(Role.O), mixed);
        parts.linear(Role.O).forward(mixed, given, at.coordinates);
        parts.normed(BlockNorm.AFTER_ATTENTION, given, branch);
    }

    /**
     * Back through the branch.
     *
     * @param x the stream the sublayer read
     * @param mixed what {@link #mix} gave
     * @param gradient of the branch, left unchanged
     * @param at complete, as the way forward filled them
     * @param d its {@code attentionInput} receives the gradient of x by way of the branch
     */
    void backward(
            Tensor x,
            Tensor mixed,
            Tensor gradient,
            PackedSequences batch,
            Workspace workspace,
            Activations at,
            BlockGradients d,
            GradientObserver observer) {
        BackwardOperations back = parts.backend().backward();
        Tensor given = parts.throughNorm(BlockNorm.AFTER_ATTENTION, at.attentionGiven, gradient, d.share);
        parts.linear(Role.O).backward(mixed, given, d.mixed, at.coordinates, observer);
        back.attention(
                at.query,
                at.key,
                at.value,
                parts.spec().attention().shape(parts.index()),
                batch,
                d.mixed,
                d.query,
                d.key,
                d.value);
        if (parts.spec().positions() instanceof PositionSpec.Rotary rotary) {
            Workspace.Rotation rotation = workspace.rotation(rotary, batch.longest());
            int headSize = parts.spec().attention().headSize();
            back.rotate(d.query, headSize, rotation.cosine, rotation.sine, batch);
            back.rotate(d.key, headSize, rotation.cosine, rotation.sine, batch);
        }
        parts.throughNorm(BlockNorm.QUERY, at.plainQuery, d.query, d.query);
        parts.throughNorm(BlockNorm.KEY, at.plainKey, d.key, d.key);

        Tensor input = parts.has(BlockNorm.BEFORE_ATTENTION) ? at.attentionInput : x;
        parts.linear(Role.Q).backward(input, d.query, d.attentionInput, at.coordinates, observer);
        addShare(Role.K, input, d.key, at, d, observer);
        addShare(Role.V, input, d.value, at, d, observer);
        parts.throughNorm(BlockNorm.BEFORE_ATTENTION, x, d.attentionInput, d.attentionInput);
    }

    private void addShare(
            Role role, Tensor input, Tensor gradient, Activations at, BlockGradients d, GradientObserver observer) {
        parts.linear(role).backward(input, gradient, d.share, at.coordinates, observer);
        parts.operations().add(d.share, d.attentionInput);
    }
}
