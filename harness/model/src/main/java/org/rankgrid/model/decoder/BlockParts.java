package org.rankgrid.model.decoder;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.Linear;
import org.rankgrid.spi.compute.Operations;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;

/** The weights of a block on a backend, and what they do to a tensor on its way and back. */
record BlockParts(
        DecoderSpec spec, int index, Backend backend, Map<Role, BlockLinear> linears, Map<BlockNorm, Norm> norms) {

    /**
     * Puts the weights of a block on a backend.
     *
     * @param scope owns the weights
     */
    static BlockParts load(DecoderWeights weights, int block, Backend backend, Scope scope, BlockLinear.Maker maker) {
        DecoderSpec spec = weights.spec();
        Map<Role, BlockLinear> linears = new EnumMap<>(Role.class);
        for (Layer layer : weights.layers()) {
            if (layer.block() == block) {
                Linear packed = weights.linear(layer.key()).pack(scope);
                linears.put(layer.role(), maker.make(layer, packed, scope));
            }
        }
        Map<BlockNorm, Norm> norms = new EnumMap<>(BlockNorm.class);
        for (BlockNorm norm : spec.norms()) {
            norms.put(norm, Norm.load(weights.norm(block, norm), spec.norm().epsilon(), scope));
        }
        return new BlockParts(spec, Objects.checkIndex(block, spec.blocks()), backend, linears, norms);
    }

    Operations operations() {
        return backend.operations();
    }

    BlockLinear linear(Role role) {
        return Objects.requireNonNull(linears.get(role));
    }

    /** Those of the layers that the block has. */
    List<Layer> layers(Role... roles) {
        List<Layer> found = new ArrayList<>(roles.length);
        for (Role role : roles) {
            BlockLinear linear = linears.get(role);
            if (linear != null) {
                found.add(linear.layer());
            }
        }
        return found;
    }

    boolean has(BlockNorm norm) {
        return norms.containsKey(norm);
    }

    /** {@code x} through a norm into {@code out}, or {@code x} itself where the block has no such norm. */
    Tensor normed(BlockNorm which, Tensor x, Tensor out) {
        Norm norm = norms.get(which);
        if (norm == null) {
            return x;
        }
        norm.apply(operations(), x, out);
        return out;
    }

    /**
     * The gradient of what a norm gave, back through it into {@code dx}; {@code dy} itself where the block has no such norm.
     *
     * @param x what the norm read
     * @param dx may be {@code dy}
     */
    Tensor throughNorm(BlockNorm which, Tensor x, Tensor dy, Tensor dx) {
        Norm norm = norms.get(which);
        if (norm == null) {
            return dy;
        }
        norm.backward(backend.backward(), x, dy, dx);
        return dx;
    }
}
