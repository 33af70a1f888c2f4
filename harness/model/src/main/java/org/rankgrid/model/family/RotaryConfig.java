package org.rankgrid.model.family;

import java.util.List;
import org.rankgrid.model.decoder.PositionSpec.Rotary;
import org.rankgrid.model.decoder.RotaryScaling;

/**
 * Reads rotary positions: {@code rope_parameters} as transformers 5 writes them, or {@code rope_theta} and
 * {@code rope_scaling} as transformers 4 did. Defaults are those of transformers' {@code modeling_rope_utils}.
 */
final class RotaryConfig {

    private static final double DEFAULT_BASE = 10_000;
    private static final List<String> TYPES = List.of("default", "linear", "llama3", "yarn");

    private RotaryConfig() {}

    /**
     * The rotary positions of a model.
     *
     * @param baseKey name of the base beside or inside the section
     * @param shareKey name of the share of a head that is rotated
     * @param absentShare that share where it is absent
     */
    static Rotary read(
            Config config, int headSize, int maximumPositions, String baseKey, String shareKey, double absentShare) {
        Config section = config.section("rope_parameters")
                .or(() -> config.section("rope_scaling"))
                .orElse(config);
        double base = section.has("rope_theta")
                ? section.real("rope_theta", 1, Limits.BASE)
                : config.real(baseKey, 1, Limits.BASE, DEFAULT_BASE);
        double share = section.has("partial_rotary_factor")
                ? section.real("partial_rotary_factor", 0, 1)
                : config.real(shareKey, 0, 1, absentShare);
        int features = (int) (headSize * share);
        config.require(
                features >= 2 && features % 2 == 0,
                config.has(shareKey) ? shareKey : "head_dim",
                "an even number of rotated features in a head of " + headSize);
        return new Rotary(
                base,
                features,
                section == config ? new RotaryScaling.None() : scaling(config, section, maximumPositions));
    }

    private static RotaryScaling scaling(Config config, Config section, int maximumPositions) {
        String key = section.has("type") && !section.has("rope_type") ? "type" : "rope_type";
        if (!section.has(key) && section.has("rope_theta")) {
            return new RotaryScaling.None();
        }
        return switch (section.choice(key, TYPES, type -> type)) {
            case "linear" -> new RotaryScaling.Linear(factor(section));
            case "llama3" -> llama3(section, originalPositions(config, section, maximumPositions));
            case "yarn" -> yarn(section, originalPositions(config, section, maximumPositions), maximumPositions);
            default -> new RotaryScaling.None();
        };
    }

    private static RotaryScaling llama3(Config section, int originalPositions) {
        double low = section.real("low_freq_factor", 1e-3, Limits.FACTOR);
        double high = section.real("high_freq_factor", 1e-3, Limits.FACTOR);
        section.require(high > low, "high_freq_factor", "more than low_freq_factor, " + low);
        return new RotaryScaling.Llama3(factor(section), low, high, originalPositions);
    }

    private static RotaryScaling yarn(Config section, int originalPositions, int maximumPositions) {
        double factor = section.has("factor") ? factor(section) : maximumPositions / (double) originalPositions;
        double scale = section.real("mscale", 0, Limits.FACTOR, 0);
        double scaleOfAll = section.real("mscale_all_dim", 0, Limits.FACTOR, 0);
        double inferred = scale != 0 && scaleOfAll != 0
                ? attentionScale(factor, scale) / attentionScale(factor, scaleOfAll)
                : attentionScale(factor, 1);
        double fast = orWhereZero(section.real("beta_fast", 0, Limits.FACTOR, 0), 32);
        double slow = orWhereZero(section.real("beta_slow", 0, Limits.FACTOR, 0), 1);
        section.require(fast >= slow, "beta_fast", "at least beta_slow, " + slow);
        return new RotaryScaling.Yarn(
                factor,
                fast,
                slow,
                originalPositions,
                section.real("attention_factor", 0, Limits.FACTOR, inferred),
                section.flag("truncate", true));
    }

    /** YaRN's temperature as a factor on cosine and sine. */
    static double attentionScale(double factor, double scale) {
        return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
    }

    private static double orWhereZero(double value, double other) {
        return value == 0 ? other : value;
    }

    private static double factor(Config section) {
        return section.real("factor", 1e-3, Limits.FACTOR);
    }

    private static int originalPositions(Config config, Config section, int maximumPositions) {
        String key = "original_max_position_embeddings";
        Config holder = section.has(key) ? section : config;
        return holder.whole(key, 1, Limits.POSITIONS, maximumPositions);
    }
}
