package org.rankgrid.model.weights;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Hugging Face names of the tensors that llama.cpp names in its own way, for architectures built like llama. */
final class GgufNames {

    private static final Pattern IN_BLOCK = Pattern.compile("blk\\.(\\d{1,9})\\.(\\w+)\\.(weight|bias)");
    private static final Pattern OUTSIDE = Pattern.compile("(\\w+)\\.(weight|bias)");

    private static final Map<String, String> MODULES = Map.ofEntries(
            Map.entry("attn_norm", "input_layernorm"),
            Map.entry("attn_q", "self_attn.q_proj"),
            Map.entry("attn_k", "self_attn.k_proj"),
            Map.entry("attn_v", "self_attn.v_proj"),
            Map.entry("attn_output", "self_attn.o_proj"),
            Map.entry("attn_q_norm", "self_attn.q_norm"),
            Map.entry("attn_k_norm", "self_attn.k_norm"),
            Map.entry("ffn_norm", "post_attention_layernorm"),
            Map.entry("ffn_gate", "mlp.gate_proj"),
            Map.entry("ffn_up", "mlp.up_proj"),
            Map.entry("ffn_down", "mlp.down_proj"));

    private static final Map<String, String> TOP = Map.of(
            "token_embd", "model.embed_tokens",
            "output_norm", "model.norm",
            "output", "lm_head");

    private GgufNames() {}

    /** The Hugging Face name of a tensor; its own name where Hugging Face has no such tensor. */
    static String huggingFace(String name) {
        Matcher block = IN_BLOCK.matcher(name);
        if (block.matches() && MODULES.containsKey(block.group(2))) {
            return "model.layers." + block.group(1) + "." + MODULES.get(block.group(2)) + "." + block.group(3);
        }
        Matcher outside = OUTSIDE.matcher(name);
        if (outside.matches() && TOP.containsKey(outside.group(1))) {
            return TOP.get(outside.group(1)) + "." + outside.group(2);
        }
        return name;
    }
}
