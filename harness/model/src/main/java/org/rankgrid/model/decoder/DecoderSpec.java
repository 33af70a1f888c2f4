package org.rankgrid.model.decoder;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.rankgrid.spi.rank.Role;

/**
 * The description of one decoder: everything about its arithmetic except the weights.
 *
 * @param hidden features of the residual stream
 * @param blocks number of decoder blocks
 * @param vocabulary v, rows of the embedding and of the head
 * @param maximumPositions the longest sequence the model takes
 * @param norm the norms of the residual stream
 * @param attention the attention of every block
 * @param positions how positions enter
 * @param feedForward the feed-forward network of every block
 * @param parallelResidual whether both sublayers read the stream that enters the block, instead of one after the other
 * @param biases the linear layers that add a bias
 * @param tiedHead whether the embedding is the head too
 * @param embeddingScale factor on the embedding of a token; 1 for none
 * @param finalSoftCap logits become cap tanh(logit / cap); 0 for none
 */
public record DecoderSpec(
        int hidden,
        int blocks,
        int vocabulary,
        int maximumPositions,
        NormSpec norm,
        AttentionSpec attention,
        PositionSpec positions,
        FeedForwardSpec feedForward,
        boolean parallelResidual,
        Set<Role> biases,
        boolean tiedHead,
        double embeddingScale,
        double finalSoftCap) {

    /**
     * Checks that the parts belong together.
     *
     * @throws IllegalArgumentException if a size is not positive or the attention describes another number of blocks
     */
    public DecoderSpec {
        if (hidden < 1 || blocks < 1 || vocabulary < 1 || maximumPositions < 1) {
            throw new IllegalArgumentException("hidden size " + hidden + ", " + blocks + " blocks, vocabulary "
                    + vocabulary + ", " + maximumPositions + " positions");
        }
        if (attention.windows().size() != blocks) {
            throw new IllegalArgumentException(attention.windows().size() + " windows for " + blocks + " blocks");
        }
        // An EnumSet keeps the order of the roles, so that toString is the same in every run: it identifies the model.
        biases = biases.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(biases));
    }

    /** The linear layers of a block, in order; the gate only where the feed-forward network is gated. */
    public List<Role> roles() {
        return Arrays.stream(Role.values())
                .filter(role -> role != Role.GATE || feedForward.gated())
                .toList();
    }

    /** m of a linear layer. */
    public int rows(Role role) {
        return switch (role) {
            case Q -> attention.queryFeatures();
            case K, V -> attention.keyValueFeatures();
            case GATE, UP -> feedForward.inner();
            case O, DOWN -> hidden;
        };
    }

    /** n of a linear layer. */
    public int columns(Role role) {
        return switch (role) {
            case Q, K, V, GATE, UP -> hidden;
            case O -> attention.queryFeatures();
            case DOWN -> feedForward.inner();
        };
    }

    /** The norms a block has. */
    public Set<BlockNorm> norms() {
        EnumSet<BlockNorm> norms = EnumSet.noneOf(BlockNorm.class);
        if (norm.placement() != NormSpec.Placement.AFTER) {
            norms.addAll(List.of(BlockNorm.BEFORE_ATTENTION, BlockNorm.BEFORE_FEED_FORWARD));
        }
        if (norm.placement() != NormSpec.Placement.BEFORE) {
            norms.addAll(List.of(BlockNorm.AFTER_ATTENTION, BlockNorm.AFTER_FEED_FORWARD));
        }
        if (attention.queryKeyNorm() != AttentionSpec.QueryKeyNorm.NONE) {
            norms.addAll(List.of(BlockNorm.QUERY, BlockNorm.KEY));
        }
        return norms;
    }

    /** How many weights a norm has. */
    public int width(BlockNorm norm) {
        boolean whole = attention.queryKeyNorm() == AttentionSpec.QueryKeyNorm.WHOLE;
        return switch (norm) {
            case BEFORE_ATTENTION, AFTER_ATTENTION, BEFORE_FEED_FORWARD, AFTER_FEED_FORWARD -> hidden;
            case QUERY -> whole ? attention.queryFeatures() : attention.headSize();
            case KEY -> whole ? attention.keyValueFeatures() : attention.headSize();
        };
    }

    /** Whether a norm adds a bias: those of the stream do where they are layer norms. */
    public boolean biased(BlockNorm norm) {
        return this.norm.kind() == NormSpec.Kind.LAYER && norm != BlockNorm.QUERY && norm != BlockNorm.KEY;
    }
}
