package org.rankgrid.model.family;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rankgrid.model.decoder.AttentionSpec;
import org.rankgrid.model.decoder.AttentionSpec.QueryKeyNorm;
import org.rankgrid.model.decoder.DecoderSpec;
import org.rankgrid.model.decoder.FeedForwardSpec;
import org.rankgrid.model.decoder.NormSpec;
import org.rankgrid.model.decoder.PositionSpec.Rotary;
import org.rankgrid.model.decoder.RotaryScaling;
import org.rankgrid.model.weights.Weights;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.rank.Role;

/**
 * Describes the decoder of a GGUF file from its metadata and tensors, for the architectures llama (so also mistral), qwen2
 * and qwen3. The tensors bear the names of Hugging Face's Llama.
 */
public final class GgufConfig {

    private static final List<String> ARCHITECTURES = List.of("llama", "qwen2", "qwen3");
    private static final List<String> SCALINGS = List.of("none", "linear", "yarn");
    /** Factors on the wavelengths, in files of models whose {@code config.json} says llama3. */
    private static final String FREQUENCY_FACTORS = "rope_freqs.weight";

    private final Config config;
    private final String architecture;
    private final Weights weights;
    private final int hidden;
    private final int heads;
    private final int headSize;
    private final int positions;

    private GgufConfig(Config config, String architecture, Weights weights) {
        this.config = config;
        this.architecture = architecture;
        this.weights = weights;
        hidden = config.whole("embedding_length", 1, Limits.FEATURES);
        heads = config.whole("attention.head_count", 1, Limits.HEADS);
        config.require(
                config.has("attention.key_length") || hidden % heads == 0,
                "embedding_length",
                "a multiple of attention.head_count, " + heads);
        headSize = config.whole("attention.key_length", 2, Limits.HEAD_SIZE, hidden / heads);
        positions = config.whole("context_length", 1, Limits.POSITIONS);
    }

    /**
     * Describes the decoder of a file.
     *
     * @param file its name, for messages
     * @param metadata its keys and values: numbers as Long and Double, Boolean, String
     * @param weights its tensors
     * @throws InputException if a value is missing, out of range or not supported
     */
    public static DecoderSpec describe(String file, Map<String, Object> metadata, Weights weights) {
        String architecture =
                Config.metadata(file, "general.", metadata).choice("architecture", ARCHITECTURES, word -> word);
        return new GgufConfig(Config.metadata(file, architecture + ".", metadata), architecture, weights).describe();
    }

    /** The names of the tensors. */
    public static TensorNames names() {
        return TensorNames.llama();
    }

    private DecoderSpec describe() {
        int keyValueHeads = config.whole("attention.head_count_kv", 1, Limits.HEADS, heads);
        config.require(
                heads % keyValueHeads == 0, "attention.head_count_kv", "a divisor of attention.head_count, " + heads);
        config.require(
                config.whole("attention.value_length", 1, Limits.HEAD_SIZE, headSize) == headSize,
                "attention.value_length",
                "the size of a key, " + headSize);
        config.require(
                config.whole("expert_count", 0, Limits.FEATURES, 0) == 0,
                "expert_count",
                "0, as mixtures are not supported");
        int blocks = config.whole("block_count", 1, Limits.BLOCKS);
        int window = config.whole("attention.sliding_window", 0, Limits.POSITIONS, 0);
        return new DecoderSpec(
                hidden,
                blocks,
                vocabulary(),
                positions,
                NormSpec.before(NormSpec.Kind.RMS, config.real("attention.layer_norm_rms_epsilon", 0, Limits.EPSILON)),
                new AttentionSpec(
                        heads,
                        keyValueHeads,
                        headSize,
                        1 / Math.sqrt(headSize),
                        Windows.everywhere(blocks, window),
                        0,
                        architecture.equals("qwen3") ? QueryKeyNorm.PER_HEAD : QueryKeyNorm.NONE),
                rotary(),
                new FeedForwardSpec(true, Activation.SILU, config.whole("feed_forward_length", 1, Limits.FEATURES)),
                false,
                biases(),
                !weights.names().contains(names().head() + ".weight"),
                1,
                0);
    }

    /** The metadata state it for some files only; the embedding has it always. */
    private int vocabulary() {
        int[] shape = weights.shape("model.embed_tokens.weight");
        config.require(
                shape.length == 2 && shape[1] == hidden,
                "embedding_length",
                "that of the tensor token_embd.weight, whose dimensions are " + Arrays.toString(shape));
        return shape[0];
    }

    private Set<Role> biases() {
        Set<Role> biases = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if (weights.names().contains(names().key(0, role) + ".bias")) {
                biases.add(role);
            }
        }
        return biases;
    }

    private Rotary rotary() {
        int features = config.whole("rope.dimension_count", 2, headSize, headSize);
        config.require(features % 2 == 0, "rope.dimension_count", "an even number");
        RotaryScaling scaling = scaling();
        if (weights.names().contains(FREQUENCY_FACTORS)) {
            config.require(
                    scaling instanceof RotaryScaling.None,
                    "rope.scaling.type",
                    "none, as the file has " + FREQUENCY_FACTORS + " too");
            scaling = frequencyFactors(features / 2);
        }
        return new Rotary(config.real("rope.freq_base", 1, Limits.BASE, 10_000), features, scaling);
    }

    private RotaryScaling scaling() {
        String type =
                config.has("rope.scaling.type") ? config.choice("rope.scaling.type", SCALINGS, word -> word) : "linear";
        double factor = config.real(
                "rope.scaling.factor", 0, Limits.FACTOR, config.real("rope.scale_linear", 0, Limits.FACTOR, 0));
        if (type.equals("none") || factor == 0 || factor == 1) {
            return new RotaryScaling.None();
        }
        if (type.equals("linear")) {
            return new RotaryScaling.Linear(factor);
        }
        return new RotaryScaling.Yarn(
                factor,
                config.real("rope.scaling.yarn_beta_fast", 0, Limits.FACTOR, 32),
                config.real("rope.scaling.yarn_beta_slow", 0, Limits.FACTOR, 1),
                config.whole("rope.scaling.original_context_length", 1, Limits.POSITIONS, positions),
                config.real("rope.scaling.attn_factor", 0, Limits.FACTOR, 1) * RotaryConfig.attentionScale(factor, 1),
                true);
    }

    private RotaryScaling frequencyFactors(int pairs) {
        int[] shape = weights.shape(FREQUENCY_FACTORS);
        config.require(
                shape.length == 1 && shape[0] == pairs,
                "rope.dimension_count",
                "twice the " + Arrays.toString(shape) + " values of " + FREQUENCY_FACTORS);
        Float[] factors = new Float[pairs];
        float[] stored = weights.rows(FREQUENCY_FACTORS).readAll();
        for (int i = 0; i < pairs; i++) {
            if (!(stored[i] > 0 && stored[i] <= Limits.FACTOR)) {
                throw new InputException(
                        FREQUENCY_FACTORS + " holds " + stored[i] + " at " + i + ", expected a positive factor");
            }
            factors[i] = stored[i];
        }
        return new RotaryScaling.PerFrequency(List.of(factors));
    }
}
