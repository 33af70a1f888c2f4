package org.rankgrid.allocators;

import java.util.ArrayList;
import java.util.List;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;

/** The linear layers of real Llama models. */
public enum LlamaShapes {
    /** LLaMA-7B and Llama-2-7B. */
    LLAMA_7B(32, 4096, 4096, 11008, 6_738_415_616L - 6_476_005_376L),
    /** LLaMA-13B and Llama-2-13B. */
    LLAMA_13B(40, 5120, 5120, 13824, 13_015_864_320L - 12_687_769_600L),
    /** Llama-3-8B, with grouped queries. */
    LLAMA_3_8B(32, 4096, 1024, 14336, 8_030_261_248L - 6_979_321_856L);

    private final int blocks;
    private final int width;
    private final int keyWidth;
    private final int inner;
    private final long rest;

    LlamaShapes(int blocks, int width, int keyWidth, int inner, long rest) {
        this.blocks = blocks;
        this.width = width;
        this.keyWidth = keyWidth;
        this.inner = inner;
        this.rest = rest;
    }

    /** Parameters outside the linear layers of the blocks. */
    public long rest() {
        return rest;
    }

    /** The layers, block by block, with the keys of Hugging Face checkpoints. */
    public List<Layer> layers() {
        List<Layer> layers = new ArrayList<>();
        for (int block = 0; block < blocks; block++) {
            for (Role role : Role.values()) {
                layers.add(layer(block, role));
            }
        }
        return layers;
    }

    private Layer layer(int block, Role role) {
        String prefix = "model.layers." + block + ".";
        return switch (role) {
            case Q -> new Layer(prefix + "self_attn.q_proj", block, role, width, width);
            case K -> new Layer(prefix + "self_attn.k_proj", block, role, keyWidth, width);
            case V -> new Layer(prefix + "self_attn.v_proj", block, role, keyWidth, width);
            case O -> new Layer(prefix + "self_attn.o_proj", block, role, width, width);
            case GATE -> new Layer(prefix + "mlp.gate_proj", block, role, inner, width);
            case UP -> new Layer(prefix + "mlp.up_proj", block, role, inner, width);
            case DOWN -> new Layer(prefix + "mlp.down_proj", block, role, width, inner);
        };
    }
}
