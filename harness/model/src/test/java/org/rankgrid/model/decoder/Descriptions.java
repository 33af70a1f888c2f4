package org.rankgrid.model.decoder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rankgrid.model.decoder.AttentionSpec.QueryKeyNorm;
import org.rankgrid.model.decoder.NormSpec.Kind;
import org.rankgrid.model.decoder.NormSpec.Placement;
import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.rank.Role;

/** Tiny decoders of two blocks that between them have everything a description can say. */
final class Descriptions {

    private static final int HIDDEN = 12;
    private static final int VOCABULARY = 19;
    private static final Set<Role> ALL = Set.of(Role.values());
    private static final Set<Role> NONE = Set.of();
    private static final FeedForwardSpec GATED = new FeedForwardSpec(true, Activation.SILU, 17);
    private static final PositionSpec ROTARY = new PositionSpec.Rotary(10_000, 6, new RotaryScaling.None());

    /** Each named after the family it is like. */
    static final Map<String, DecoderSpec> ALL_OF_THEM = new LinkedHashMap<>();

    static {
        NormSpec rms = NormSpec.before(Kind.RMS, 1e-5);
        NormSpec layer = NormSpec.before(Kind.LAYER, 1e-5);
        put("llama", rms, attention(4, 2, 6, QueryKeyNorm.NONE, 0, 0), ROTARY, GATED, false, NONE, false, 1, 0);
        put("qwen2", rms, attention(2, 2, 6, QueryKeyNorm.NONE, 0, 0), ROTARY, GATED, false, qkv(), true, 1, 0);
        put("qwen3", rms, attention(3, 1, 8, QueryKeyNorm.PER_HEAD, 0, 0), ROTARY, GATED, false, NONE, false, 1, 0);
        put("mistral", rms, attention(2, 1, 6, QueryKeyNorm.NONE, 3, 0), ROTARY, GATED, false, NONE, false, 1, 0);
        put(
                "gemma2",
                new NormSpec(Kind.RMS, 1e-5, 0, Placement.BOTH),
                attention(2, 1, 6, QueryKeyNorm.NONE, 3, 2.5),
                ROTARY,
                new FeedForwardSpec(true, Activation.GELU_TANH, 17),
                false,
                NONE,
                true,
                Math.sqrt(HIDDEN),
                3);
        put(
                "olmo2",
                new NormSpec(Kind.RMS, 1e-5, 0, Placement.AFTER),
                attention(4, 2, 6, QueryKeyNorm.WHOLE, 0, 0),
                ROTARY,
                GATED,
                false,
                NONE,
                false,
                1,
                0);
        put(
                "gpt2",
                layer,
                attention(2, 2, 6, QueryKeyNorm.NONE, 0, 0),
                new PositionSpec.Learned(0, 16),
                new FeedForwardSpec(false, Activation.GELU_TANH, 17),
                false,
                ALL,
                true,
                1,
                0);
        put(
                "opt",
                layer,
                attention(2, 2, 6, QueryKeyNorm.NONE, 0, 0),
                new PositionSpec.Learned(2, 18),
                new FeedForwardSpec(false, Activation.RELU, 17),
                false,
                ALL,
                true,
                1,
                0);
        put(
                "gpt_neox",
                layer,
                attention(2, 2, 6, QueryKeyNorm.NONE, 0, 0),
                new PositionSpec.Rotary(10_000, 2, new RotaryScaling.None()),
                new FeedForwardSpec(false, Activation.GELU, 17),
                true,
                ALL,
                false,
                1,
                0);
        // Of no family: what none of them combines.
        put(
                "parallel with norms on both sides",
                new NormSpec(Kind.RMS, 1e-5, 0, Placement.BOTH),
                attention(4, 2, 8, QueryKeyNorm.PER_HEAD, 4, 3),
                new PositionSpec.Rotary(10_000, 6, new RotaryScaling.Yarn(4, 32, 1, 64, 1.3, true)),
                GATED,
                true,
                Set.of(Role.O, Role.UP),
                false,
                2,
                0);
    }

    private Descriptions() {}

    private static Set<Role> qkv() {
        return Set.of(Role.Q, Role.K, Role.V);
    }

    private static AttentionSpec attention(
            int heads, int keyValueHeads, int headSize, QueryKeyNorm norm, int window, double softCap) {
        return new AttentionSpec(
                heads, keyValueHeads, headSize, 1 / Math.sqrt(headSize), List.of(window, 0), softCap, norm);
    }

    private static void put(
            String name,
            NormSpec norm,
            AttentionSpec attention,
            PositionSpec positions,
            FeedForwardSpec feedForward,
            boolean parallel,
            Set<Role> biases,
            boolean tied,
            double embeddingScale,
            double finalSoftCap) {
        ALL_OF_THEM.put(
                name,
                new DecoderSpec(
                        HIDDEN,
                        2,
                        VOCABULARY,
                        16,
                        norm,
                        attention,
                        positions,
                        feedForward,
                        parallel,
                        biases,
                        tied,
                        embeddingScale,
                        finalSoftCap));
    }
}
