package org.rankgrid.model.family;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.rankgrid.model.decoder.AttentionSpec;
import org.rankgrid.model.decoder.AttentionSpec.QueryKeyNorm;
import org.rankgrid.model.decoder.DecoderSpec;
import org.rankgrid.model.decoder.FeedForwardSpec;
import org.rankgrid.model.decoder.NormSpec;
import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.rank.Role;

/**
 * Reads what the descendants of Llama have in common: RMS norms, rotary positions, grouped attention and a gated
 * feed-forward network. A family sets what is its own, then takes the description.
 */
final class LlamaDescription {

    private final Config config;
    private final Set<Role> biases = EnumSet.noneOf(Role.class);
    private List<Integer> windows;
    private QueryKeyNorm queryKeyNorm = QueryKeyNorm.NONE;
    private int absentHeadSize;
    private final int absentPositions;
    private boolean absentTied;
    private double absentEpsilon = 1e-6;
    private float normOffset;
    private NormSpec.Placement placement = NormSpec.Placement.BEFORE;
    private String activationKey = "hidden_act";
    private Activation absentActivation = Activation.SILU;
    private double queryScalar;
    private double scoreSoftCap;
    private double finalSoftCap;
    private boolean scaledEmbedding;

    LlamaDescription(Config config, int absentPositions) {
        this.config = config;
        this.absentPositions = absentPositions;
        windows = Windows.none(config);
    }

    LlamaDescription windows(List<Integer> windows) {
        this.windows = windows;
        return this;
    }

    LlamaDescription queryKeyNorm(QueryKeyNorm norm) {
        queryKeyNorm = norm;
        return this;
    }

    LlamaDescription biases(boolean present, Role... roles) {
        if (present) {
            biases.addAll(List.of(roles));
        }
        return this;
    }

    /** The head size where {@code head_dim} is absent; without this, hidden size over heads. */
    LlamaDescription absentHeadSize(int headSize) {
        absentHeadSize = headSize;
        return this;
    }

    /** Whether the head is tied where {@code tie_word_embeddings} is absent. */
    LlamaDescription absentTied(boolean tied) {
        absentTied = tied;
        return this;
    }

    LlamaDescription norms(NormSpec.Placement placement, float offset, double absentEpsilon) {
        this.placement = placement;
        normOffset = offset;
        this.absentEpsilon = absentEpsilon;
        return this;
    }

    LlamaDescription activation(String key, Activation absent) {
        activationKey = key;
        absentActivation = absent;
        return this;
    }

    /** Scores are divided by the root of this instead of the head size. */
    LlamaDescription queryScalar(double scalar) {
        queryScalar = scalar;
        return this;
    }

    LlamaDescription softCaps(double scores, double logits) {
        scoreSoftCap = scores;
        finalSoftCap = logits;
        return this;
    }

    /** Embeddings are multiplied by the root of the hidden size. */
    LlamaDescription scaledEmbedding() {
        scaledEmbedding = true;
        return this;
    }

    DecoderSpec describe() {
        int hidden = config.whole("hidden_size", 1, Limits.FEATURES);
        int heads = config.whole("num_attention_heads", 1, Limits.HEADS);
        int keyValueHeads = config.whole("num_key_value_heads", 1, Limits.HEADS, heads);
        config.require(heads % keyValueHeads == 0, "num_key_value_heads", "a divisor of num_attention_heads, " + heads);
        int headSize = headSize(hidden, heads);
        int positions = config.whole("max_position_embeddings", 1, Limits.POSITIONS, absentPositions);
        return new DecoderSpec(
                hidden,
                config.whole("num_hidden_layers", 1, Limits.BLOCKS),
                config.whole("vocab_size", 1, Limits.VOCABULARY),
                positions,
                new NormSpec(
                        NormSpec.Kind.RMS,
                        config.real("rms_norm_eps", 0, Limits.EPSILON, absentEpsilon),
                        normOffset,
                        placement),
                new AttentionSpec(
                        heads,
                        keyValueHeads,
                        headSize,
                        1 / Math.sqrt(queryScalar == 0 ? headSize : queryScalar),
                        windows,
                        scoreSoftCap,
                        queryKeyNorm),
                RotaryConfig.read(config, headSize, positions, "rope_theta", "partial_rotary_factor", 1),
                new FeedForwardSpec(
                        true,
                        ActivationNames.read(config, activationKey, absentActivation),
                        config.whole("intermediate_size", 1, Limits.FEATURES)),
                false,
                biases,
                config.flag("tie_word_embeddings", absentTied),
                scaledEmbedding ? (float) Math.sqrt(hidden) : 1,
                finalSoftCap);
    }

    private int headSize(int hidden, int heads) {
        if (config.has("head_dim") || absentHeadSize != 0) {
            return config.whole("head_dim", 2, Limits.HEAD_SIZE, absentHeadSize);
        }
        config.require(hidden % heads == 0, "hidden_size", "a multiple of num_attention_heads, " + heads);
        config.require(
                hidden / heads <= Limits.HEAD_SIZE,
                "hidden_size",
                "heads of at most " + Limits.HEAD_SIZE + " features");
        return hidden / heads;
    }
}
