package org.rankgrid.model;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.rankgrid.model.decoder.BlockNorm;
import org.rankgrid.model.decoder.DecoderSpec;
import org.rankgrid.model.decoder.NormSpec;
import org.rankgrid.model.decoder.PositionSpec;
import org.rankgrid.model.family.LinearPlace;
import org.rankgrid.model.family.TensorNames;
import org.rankgrid.model.weights.Weights;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.rank.Role;

/** The tensors that a decoder must have in a checkpoint: their names and shapes there. */
final class CheckpointTensors {

    private final String checkpoint;
    private final DecoderSpec spec;
    private final TensorNames names;
    private final Weights weights;
    private final String prefix;
    private final SequencedMap<String, int[]> shapes = new LinkedHashMap<>();
    private final Set<String> blockPrefixes = new HashSet<>();

    /**
     * Finds the tensors.
     *
     * @throws InputException if one is missing, has another shape than the description says, or is in a block and unknown
     */
    CheckpointTensors(String checkpoint, DecoderSpec spec, TensorNames names, Weights weights) {
        this.checkpoint = checkpoint;
        this.spec = spec;
        this.names = names;
        this.weights = weights;
        prefix = names.prefixes().stream()
                .filter(candidate -> weights.names().contains(candidate + names.embedding() + ".weight"))
                .findFirst()
                .orElse(names.prefixes().getFirst());
        expect();
        shapes.forEach(this::requireShape);
        weights.names().forEach(this::requireKnown);
    }

    String embedding() {
        return prefix + names.embedding() + ".weight";
    }

    String head() {
        return names.head() + ".weight";
    }

    String positions() {
        return prefix + names.positions().orElseThrow() + ".weight";
    }

    /** Without {@code .weight}. */
    String finalNorm() {
        return prefix + names.finalNorm();
    }

    /** Without {@code .weight}. */
    String norm(int block, BlockNorm norm) {
        return block(block) + names.norm(norm);
    }

    /** Without {@code .weight}. */
    String linear(int block, Role role) {
        return block(block) + names.place(role).tensor();
    }

    /** Number of values in all of them, each fused tensor once. */
    long parameters() {
        return shapes.values().stream().mapToLong(CheckpointTensors::size).sum();
    }

    private String block(int block) {
        return prefix + names.blocks() + block + ".";
    }

    private void expect() {
        shapes.put(embedding(), new int[] {spec.vocabulary(), spec.hidden()});
        if (spec.positions() instanceof PositionSpec.Learned learned) {
            shapes.put(positions(), new int[] {learned.count(), spec.hidden()});
        }
        for (int block = 0; block < spec.blocks(); block++) {
            blockPrefixes.add(block(block));
            for (BlockNorm norm : spec.norms()) {
                expectNorm(norm(block, norm), spec.width(norm), spec.biased(norm));
            }
            for (Role role : spec.roles()) {
                expectLinear(block, role);
            }
        }
        expectNorm(finalNorm(), spec.hidden(), spec.norm().kind() == NormSpec.Kind.LAYER);
        if (!spec.tiedHead()) {
            shapes.put(head(), new int[] {spec.vocabulary(), spec.hidden()});
        }
    }

    private void expectNorm(String name, int width, boolean biased) {
        shapes.put(name + ".weight", new int[] {width});
        if (biased) {
            shapes.put(name + ".bias", new int[] {width});
        }
    }

    private void expectLinear(int block, Role role) {
        LinearPlace place = names.place(role);
        String name = linear(block, role);
        shapes.put(name + ".weight", place.storedShape(spec.rows(role), spec.columns(role)));
        if (spec.biases().contains(role)) {
            shapes.put(name + ".bias", new int[] {place.storedRows(spec.rows(role))});
        }
    }

    private void requireShape(String tensor, int[] expected) {
        int[] found = weights.shape(tensor);
        if (!Arrays.equals(found, expected)) {
            throw new InputException(checkpoint + ": tensor " + tensor + " is " + shown(found) + ", expected "
                    + shown(expected) + ": its configuration does not belong to its weights");
        }
    }

    /** A tensor of a block that the description does not know means that the description is not the model's. */
    private void requireKnown(String tensor) {
        int dot = tensor.indexOf('.', (prefix + names.blocks()).length());
        if (dot < 0 || shapes.containsKey(tensor) || !blockPrefixes.contains(tensor.substring(0, dot + 1))) {
            return;
        }
        if (!names.buffers().contains(tensor.substring(dot + 1))) {
            throw new InputException(checkpoint + ": tensor " + tensor + " has no place in the decoder that the"
                    + " configuration describes, expected only tensors that it knows: its model_type or a setting of biases"
                    + " or norms is not that of these weights");
        }
    }

    private static long size(int[] shape) {
        return Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
    }

    private static String shown(int[] shape) {
        return shape.length == 0
                ? "a single value"
                : Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
    }
}
