package org.rankgrid.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rankgrid.model.decoder.BlockNorm;
import org.rankgrid.model.decoder.DecoderSpec;
import org.rankgrid.model.decoder.DecoderWeights;
import org.rankgrid.model.decoder.LinearWeights;
import org.rankgrid.model.decoder.NormSpec;
import org.rankgrid.model.decoder.NormWeights;
import org.rankgrid.model.family.Config;
import org.rankgrid.model.family.Families;
import org.rankgrid.model.family.Family;
import org.rankgrid.model.family.GgufConfig;
import org.rankgrid.model.family.LinearPlace;
import org.rankgrid.model.family.TensorNames;
import org.rankgrid.model.weights.Fingerprints;
import org.rankgrid.model.weights.GgufWeights;
import org.rankgrid.model.weights.WeightFiles;
import org.rankgrid.model.weights.Weights;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.Sha256;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;
import org.rankgrid.spi.text.Tokenizer;

/**
 * A model on disk: its weights, memory-mapped, the description of its decoder, and its tokenizer, opened when first asked for.
 * Safe for use by several threads until it is closed.
 */
public final class Checkpoint implements DecoderWeights, AutoCloseable {

    private final String name;
    private final DecoderSpec spec;
    private final TensorNames names;
    private final Weights weights;
    private final CheckpointTensors tensors;
    private final Supplier<Tokenizer> tokenizerSource;
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private @Nullable Tokenizer tokenizer;

    /**
     * A checkpoint over open weights, which it closes.
     *
     * @param name what people call the model
     * @param spec the description of its decoder
     * @param names where its tensors are
     * @param weights its tensors
     * @param tokenizer opens its tokenizer; called at most once
     * @throws InputException if a tensor is missing, has another shape than the description says, or is in a block and unknown
     */
    public Checkpoint(
            String name, DecoderSpec spec, TensorNames names, Weights weights, Supplier<Tokenizer> tokenizer) {
        this.name = name;
        this.spec = spec;
        this.names = names;
        this.weights = weights;
        this.tokenizerSource = tokenizer;
        tensors = new CheckpointTensors(name, spec, names, weights);
        for (int block = 0; block < spec.blocks(); block++) {
            for (Role role : spec.roles()) {
                String key = names.key(block, role);
                layers.put(key, new Layer(key, block, role, spec.rows(role), spec.columns(role)));
            }
        }
    }

    /**
     * Opens a model.
     *
     * @param name what people call it
     * @param model a folder in the Hugging Face layout, a {@code .safetensors} file with a {@code config.json} beside it, or
     *     a {@code .gguf} file
     * @param fingerprints remembers hashes of files
     * @param tokenizer opens its tokenizer; called at most once
     * @throws InputException if a file is missing or damaged, the model is of no known family, or its tensors are not those
     *     that its configuration describes
     */
    public static Checkpoint open(String name, Path model, Fingerprints fingerprints, Supplier<Tokenizer> tokenizer) {
        Weights weights = WeightFiles.open(model, fingerprints);
        try {
            if (weights instanceof GgufWeights gguf) {
                DecoderSpec spec = GgufConfig.describe(model.toString(), gguf.metadata(), weights);
                return new Checkpoint(name, spec, GgufConfig.names(), weights, tokenizer);
            }
            Path folder = Files.isDirectory(model) ? model : model.resolveSibling("");
            Config config = Config.read(folder.resolve("config.json"));
            Family family = Families.of(config);
            DecoderSpec spec = family.describe(config);
            return new Checkpoint(name, spec, family.names(spec), weights, tokenizer);
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    /** What people call the model. */
    public String name() {
        return name;
    }

    @Override
    public DecoderSpec spec() {
        return spec;
    }

    @Override
    public List<Layer> layers() {
        return List.copyOf(layers.values());
    }

    @Override
    public LinearWeights linear(String key) {
        Layer layer = layers.get(key);
        if (layer == null) {
            throw new IllegalArgumentException(name + " has no layer " + key);
        }
        LinearPlace place = names.place(layer.role());
        String tensor = tensors.linear(layer.block(), layer.role());
        Optional<float[]> bias = spec.biases().contains(layer.role())
                ? Optional.of(place.bias(vector(tensor + ".bias"), layer.rows()))
                : Optional.empty();
        return new LinearWeights.Dense(place.weight(weights.rows(tensor + ".weight"), layer.rows()), bias);
    }

    @Override
    public RowSource embedding() {
        return weights.rows(tensors.embedding());
    }

    @Override
    public RowSource head() {
        return weights.rows(spec.tiedHead() ? tensors.embedding() : tensors.head());
    }

    @Override
    public RowSource positions() {
        return weights.rows(tensors.positions());
    }

    @Override
    public NormWeights norm(int block, BlockNorm norm) {
        return norm(tensors.norm(block, norm), spec.biased(norm));
    }

    @Override
    public NormWeights finalNorm() {
        return norm(tensors.finalNorm(), spec.norm().kind() == NormSpec.Kind.LAYER);
    }

    /** Parameters of the whole model; a tied head counts once. */
    public long parameters() {
        return tensors.parameters();
    }

    /** SHA-256 in hex of the weights and of the description: the identity of everything computed from the model. */
    public String fingerprint() {
        return Sha256.of(weights.fingerprint() + "\n" + spec);
    }

    /**
     * The model's tokenizer.
     *
     * @throws InputException if there is none, or it is damaged
     */
    public synchronized Tokenizer tokenizer() {
        if (tokenizer == null) {
            tokenizer = tokenizerSource.get();
        }
        return tokenizer;
    }

    /** Unmaps the weights; what was read from them through sources is dead afterwards. */
    @Override
    public void close() {
        weights.close();
    }

    @Override
    public String toString() {
        return name;
    }

    private NormWeights norm(String tensor, boolean biased) {
        float[] weight = vector(tensor + ".weight");
        for (int i = 0; i < weight.length; i++) {
            weight[i] += spec.norm().offset();
        }
        return new NormWeights(weight, biased ? Optional.of(vector(tensor + ".bias")) : Optional.empty());
    }

    private float[] vector(String tensor) {
        return weights.rows(tensor).readAll();
    }
}
