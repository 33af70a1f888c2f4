package org.rankgrid.testkit;

import java.util.ArrayList;
import java.util.List;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;

/** The layers of small models in the layouts that families have: the same roles, shapes and keys in miniature. */
public enum Inventory {
    /** Multi-head attention and a gated feed-forward network, as in Llama. */
    MHA("model.layers.%d.", 48, 48, 128) {
        @Override
        void addBlock(List<Layer> layers, int block) {
            addLlamaBlock(layers, block);
        }
    },
    /** Grouped queries, whose k and v are narrow, and a gated feed-forward network. */
    GQA("model.layers.%d.", 48, 16, 136) {
        @Override
        void addBlock(List<Layer> layers, int block) {
            addLlamaBlock(layers, block);
        }
    },
    /** A plain feed-forward network and the key names of OPT. */
    OPT("model.decoder.layers.%d.", 32, 32, 128) {
        @Override
        void addBlock(List<Layer> layers, int block) {
            add(layers, block, Role.Q, "self_attn.q_proj", width, width);
            add(layers, block, Role.K, "self_attn.k_proj", keyWidth, width);
            add(layers, block, Role.V, "self_attn.v_proj", keyWidth, width);
            add(layers, block, Role.O, "self_attn.out_proj", width, width);
            add(layers, block, Role.UP, "fc1", inner, width);
            add(layers, block, Role.DOWN, "fc2", width, inner);
        }
    },
    /** A plain feed-forward network and a fused attention tensor split on load, as in GPT-2. */
    GPT2("transformer.h.%d.", 40, 40, 160) {
        @Override
        void addBlock(List<Layer> layers, int block) {
            add(layers, block, Role.Q, "attn.c_attn[q]", width, width);
            add(layers, block, Role.K, "attn.c_attn[k]", keyWidth, width);
            add(layers, block, Role.V, "attn.c_attn[v]", keyWidth, width);
            add(layers, block, Role.O, "attn.c_proj", width, width);
            add(layers, block, Role.UP, "mlp.c_fc", inner, width);
            add(layers, block, Role.DOWN, "mlp.c_proj", width, inner);
        }
    };

    private static final int BLOCKS = 3;

    private final String prefix;
    final int width;
    final int keyWidth;
    final int inner;

    Inventory(String prefix, int width, int keyWidth, int inner) {
        this.prefix = prefix;
        this.width = width;
        this.keyWidth = keyWidth;
        this.inner = inner;
    }

    /** The layers, block by block, roles in the order of {@link Role}. */
    public List<Layer> layers() {
        List<Layer> layers = new ArrayList<>();
        for (int block = 0; block < BLOCKS; block++) {
            addBlock(layers, block);
        }
        return layers;
    }

    abstract void addBlock(List<Layer> layers, int block);

    void addLlamaBlock(List<Layer> layers, int block) {
        add(layers, block, Role.Q, "self_attn.q_proj", width, width);
        add(layers, block, Role.K, "self_attn.k_proj", keyWidth, width);
        add(layers, block, Role.V, "self_attn.v_proj", keyWidth, width);
        add(layers, block, Role.O, "self_attn.o_proj", width, width);
        add(layers, block, Role.GATE, "mlp.gate_proj", inner, width);
        add(layers, block, Role.UP, "mlp.up_proj", inner, width);
        add(layers, block, Role.DOWN, "mlp.down_proj", width, inner);
    }

    void add(List<Layer> layers, int block, Role role, String name, int rows, int columns) {
        layers.add(new Layer(prefix.formatted(block) + name, block, role, rows, columns));
    }
}
