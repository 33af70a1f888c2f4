package org.rankgrid.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.rankgrid.model.weights.SafetensorsWeights;
import org.rankgrid.model.weights.Weights;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.compute.RowSource;

/** Weights in memory that a test may change. */
public final class MemoryWeights implements Weights {

    private record Values(int[] shape, float[] values) {}

    private final SequencedMap<String, Values> tensors = new LinkedHashMap<>();

    /** The tensors of a safetensors file. */
    public static MemoryWeights read(Path file) {
        MemoryWeights copy = new MemoryWeights();
        try (Weights weights = SafetensorsWeights.open(file)) {
            for (String name : weights.names()) {
                copy.put(name, weights.rows(name).readAll(), weights.shape(name));
            }
        }
        return copy;
    }

    /** Adds or replaces a tensor. */
    public MemoryWeights put(String name, float[] values, int... shape) {
        tensors.put(name, new Values(shape, values));
        return this;
    }

    /** Adds or replaces a tensor of zeros. */
    public MemoryWeights zeros(String name, int... shape) {
        return put(name, new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)], shape);
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
}
