package org.rankgrid.model.weights;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.spi.compute.RowSource;

/**
 * The tensors of a GGUF file under the names and in the row orders of Hugging Face, for architectures llama (so also mistral),
 * qwen2 and qwen3. A tensor that Hugging Face does not have, such as {@code rope_freqs.weight}, keeps its own name.
 */
public final class GgufWeights implements Weights {

    private static final List<String> ARCHITECTURES = List.of("llama", "qwen2", "qwen3");
    private static final Pattern QUERY_OR_KEY = Pattern.compile("blk\\.(\\d{1,9})\\.attn_([qk])\\.(weight|bias)");

    private final GgufFile file;
    private final Fingerprints fingerprints;
    private final String architecture;
    private final SequencedMap<String, GgufTensor> tensors = new LinkedHashMap<>();
    private @Nullable String fingerprint;

    private GgufWeights(GgufFile file, Fingerprints fingerprints) {
        this.file = file;
        this.fingerprints = fingerprints;
        checkWhole();
        this.architecture = readArchitecture();
        for (GgufTensor tensor : file.tensors().values()) {
            String name = GgufNames.huggingFace(tensor.name());
            if (tensors.put(name, tensor) != null) {
                throw error("has two tensors for the Hugging Face name " + Quoted.of(name) + "; the file is damaged");
            }
        }
    }

    /** Opens weights as {@link #open(Path, Fingerprints)} does, without remembering the fingerprint. */
    public static GgufWeights open(Path path) {
        return open(path, Fingerprints.unremembered());
    }

    /**
     * Opens a GGUF file.
     *
     * @throws InputException if it is damaged, one part of several, or of another architecture
     */
    public static GgufWeights open(Path path, Fingerprints fingerprints) {
        GgufFile file = GgufFile.open(path);
        try {
            return new GgufWeights(file, fingerprints);
        } catch (InputException e) {
            file.close();
            throw e;
        }
    }

    /** The metadata as {@link GgufFile#metadata} gives it: settings of the model and its tokenizer. */
    public SequencedMap<String, Object> metadata() {
        return file.metadata();
    }

    @Override
    public SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(tensors.sequencedKeySet());
    }

    @Override
    public int[] shape(String name) {
        return tensor(name).shape().clone();
    }

    @Override
    public RowSource rows(String name) {
        GgufTensor tensor = tensor(name);
        RowSource stored = file.rows(tensor.name());
        Matcher projection = QUERY_OR_KEY.matcher(tensor.name());
        if (!architecture.equals("llama") || !projection.matches()) {
            return stored;
        }
        boolean bias = projection.group(3).equals("bias");
        int features = bias ? stored.columns() : stored.rows();
        long heads = heads(projection.group(2).equals("k"), Integer.parseInt(projection.group(1)));
        if (features % (2 * heads) != 0) {
            throw error("tensor " + Quoted.of(name) + " has " + features
                    + " features out, expected a multiple of twice its " + heads + " heads; the file is damaged");
        }
        int headSize = (int) (features / heads);
        return bias ? RotaryOrder.bias(stored, headSize) : RotaryOrder.weight(stored, headSize);
    }

    @Override
    public synchronized String fingerprint() {
        if (fingerprint == null) {
            fingerprint = fingerprints.of(file.mapped());
        }
        return fingerprint;
    }

    @Override
    public void close() {
        file.close();
    }

    private void checkWhole() {
        if (metadata().get("split.count") instanceof Long parts && parts > 1) {
            throw error("is one of " + parts
                    + " parts of a model, expected a whole one; join them with 'llama-gguf-split --merge'");
        }
    }

    private String readArchitecture() {
        Object name = metadata().get("general.architecture");
        if (!(name instanceof String text)) {
            throw error("has no text under the key 'general.architecture', expected one of " + ARCHITECTURES);
        }
        if (!ARCHITECTURES.contains(text)) {
            throw error("key 'general.architecture' is " + Quoted.of(text) + ", expected one of " + ARCHITECTURES
                    + NearestNames.hint(text, ARCHITECTURES) + "; take the model as safetensors");
        }
        return text;
    }

    /** Heads of the queries or keys of a layer; some files give one number for all layers, some one for each. */
    private long heads(boolean keys, int layer) {
        String key = architecture + ".attention.head_count";
        Optional<Object> given =
                Optional.ofNullable(metadata().get(key + "_kv")).filter(_ -> keys);
        Object heads = given.isPresent() ? given.get() : metadata().get(key);
        long count = switch (heads) {
            case Long all -> all;
            case long[] each when layer < each.length -> each[layer];
            case null, default -> 0;
        };
        if (count < 1 || count > Integer.MAX_VALUE) {
            throw error("key " + Quoted.of(given.isPresent() ? key + "_kv" : key)
                    + " gives no number of heads for layer " + layer + "; the file is damaged");
        }
        return count;
    }

    private GgufTensor tensor(String name) {
        GgufTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw error("has no tensor " + Quoted.of(name) + NearestNames.hint(name, tensors.keySet()));
        }
        return tensor;
    }

    private InputException error(String problem) {
        return file.mapped().error(problem);
    }
}
