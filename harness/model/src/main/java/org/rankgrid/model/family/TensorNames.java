package org.rankgrid.model.family;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rankgrid.model.decoder.BlockNorm;
import org.rankgrid.spi.rank.Role;

/**
 * Where a family's checkpoints keep the tensors of a decoder. Names are without {@code .weight} and {@code .bias}; all but
 * the head's come after a prefix that some checkpoints leave out.
 *
 * @param prefixes the prefixes that occur, the usual one first
 * @param keyPrefix the prefix in the keys of layers, whatever the file's is
 * @param embedding table of tokens
 * @param positions table of learned positions
 * @param blocks list of blocks; an index and a dot follow
 * @param norms within a block
 * @param linears within a block
 * @param finalNorm norm after the last block
 * @param head the head where it is not tied, without prefix
 * @param buffers tensors within a block that are no weights and may be there
 */
public record TensorNames(
        List<String> prefixes,
        String keyPrefix,
        String embedding,
        Optional<String> positions,
        String blocks,
        Map<BlockNorm, String> norms,
        Map<Role, LinearPlace> linears,
        String finalNorm,
        String head,
        Set<String> buffers) {

    /** Copies the collections. */
    public TensorNames {
        prefixes = List.copyOf(prefixes);
        norms = Map.copyOf(norms);
        linears = Map.copyOf(linears);
        buffers = Set.copyOf(buffers);
    }

    /** The names of Llama, which many families share. */
    static TensorNames llama() {
        return new TensorNames(
                List.of("model.", ""),
                "model.",
                "embed_tokens",
                Optional.empty(),
                "layers.",
                Map.of(
                        BlockNorm.BEFORE_ATTENTION, "input_layernorm",
                        BlockNorm.QUERY, "self_attn.q_norm",
                        BlockNorm.KEY, "self_attn.k_norm",
                        BlockNorm.BEFORE_FEED_FORWARD, "post_attention_layernorm"),
                Map.of(
                        Role.Q, LinearPlace.whole("self_attn.q_proj"),
                        Role.K, LinearPlace.whole("self_attn.k_proj"),
                        Role.V, LinearPlace.whole("self_attn.v_proj"),
                        Role.O, LinearPlace.whole("self_attn.o_proj"),
                        Role.GATE, LinearPlace.whole("mlp.gate_proj"),
                        Role.UP, LinearPlace.whole("mlp.up_proj"),
                        Role.DOWN, LinearPlace.whole("mlp.down_proj")),
                "norm",
                "lm_head",
                Set.of("self_attn.rotary_emb.inv_freq"));
    }

    /** The same names but for the norms. */
    TensorNames withNorms(Map<BlockNorm, String> others) {
        return new TensorNames(
                prefixes, keyPrefix, embedding, positions, blocks, others, linears, finalNorm, head, buffers);
    }

    /** The same names but for some linear layers. */
    TensorNames withLinears(Map<Role, LinearPlace> others) {
        Map<Role, LinearPlace> places = new EnumMap<>(linears);
        places.putAll(others);
        return new TensorNames(
                prefixes, keyPrefix, embedding, positions, blocks, norms, places, finalNorm, head, buffers);
    }

    /** The key of a linear layer. */
    public String key(int block, Role role) {
        return keyPrefix + blocks + block + "." + place(role).key();
    }

    /** Where a linear layer is within its block. */
    public LinearPlace place(Role role) {
        LinearPlace place = linears.get(role);
        if (place == null) {
            throw new IllegalArgumentException("the family has no layer " + role);
        }
        return place;
    }

    /** The name of a norm within its block. */
    public String norm(BlockNorm norm) {
        String name = norms.get(norm);
        if (name == null) {
            throw new IllegalArgumentException("the family has no norm " + norm);
        }
        return name;
    }
}
