package org.rankgrid.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.rankgrid.model.weights.Weights;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.compute.RowSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Weights in memory that a test may change: read from an f32 safetensors file, or made up. */
public final class MemoryWeights implements Weights {

    private record Values(int[] shape, float[] values) {}

    private final SequencedMap<String, Values> tensors = new LinkedHashMap<>();

    /** The tensors of a safetensors file. */
    public static MemoryWeights read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int header = Math.toIntExact(bytes.getLong(0));
        byte[] json = new byte[header];
        bytes.get(8, json);
        MemoryWeights weights = new MemoryWeights();
        for (var entry : JsonMapper.shared().readTree(json).properties()) {
            if (!entry.getKey().equals("__metadata__")) {
                JsonNode node = entry.getValue();
                int[] shape = ints(node.get("shape"));
                float[] values = new float[count(shape)];
                bytes.slice(8 + header + node.get("data_offsets").get(0).intValue(), 4 * values.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(values);
                weights.put(entry.getKey(), values, shape);
            }
        }
        return weights;
    }

    /** Adds or replaces a tensor. */
    public MemoryWeights put(String name, float[] values, int... shape) {
        tensors.put(name, new Values(shape, values));
        return this;
    }

    /** Adds or replaces a tensor of random values. */
    public MemoryWeights random(String name, int... shape) {
        Random random = new Random(name.hashCode());
        float[] values = new float[count(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() / 8;
        }
        return put(name, values, shape);
    }

    /** Takes a tensor away. */
    public MemoryWeights remove(String name) {
        tensors.remove(name);
        return this;
    }

    /** The same tensors under other names. */
    public MemoryWeights renamed(UnaryOperator<String> name) {
        MemoryWeights renamed = new MemoryWeights();
        tensors.forEach((old, values) -> renamed.tensors.put(name.apply(old), values));
        return renamed;
    }

    @Override
    public Set<String> names() {
        return tensors.sequencedKeySet();
    }

    @Override
    public int[] shape(String name) {
        return values(name).shape.clone();
    }

    @Override
    public RowSource rows(String name) {
        Values values = values(name);
        int columns = values.shape[values.shape.length - 1];
        return RowSource.of(values.values, values.values.length / columns, columns);
    }

    @Override
    public String fingerprint() {
        return Integer.toHexString(tensors.values().stream()
                .mapToInt(values -> Arrays.hashCode(values.values))
                .sum());
    }

    @Override
    public void close() {}

    private Values values(String name) {
        Values values = tensors.get(name);
        if (values == null) {
            throw new InputException("no tensor " + name);
        }
        return values;
    }

    private static int[] ints(JsonNode node) {
        int[] ints = new int[node.size()];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = node.get(i).intValue();
        }
        return ints;
    }

    private static int count(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
