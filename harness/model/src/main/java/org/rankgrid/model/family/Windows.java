package org.rankgrid.model.family;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Reads the sliding windows of the blocks; 0 where a block has none. */
final class Windows {

    private static final List<String> TYPES = List.of("full_attention", "sliding_attention");

    private Windows() {}

    /** No block has a window. */
    static List<Integer> none(Config config) {
        return everywhere(blocks(config), 0);
    }

    /** All blocks have the same window. */
    static List<Integer> everywhere(int blocks, int window) {
        return Collections.nCopies(blocks, window);
    }

    /**
     * The windows of the Qwen families: {@code use_sliding_window} turns them on, {@code layer_types} or else
     * {@code max_window_layers} says in which blocks.
     */
    static List<Integer> qwen(Config config) {
        boolean used = config.flag("use_sliding_window", false);
        int window = used ? config.whole("sliding_window", 1, Limits.POSITIONS, 4096) : 0;
        if (config.has("layer_types")) {
            return listed(config, window);
        }
        int first = config.whole("max_window_layers", 0, Integer.MAX_VALUE, 28);
        return IntStream.range(0, blocks(config))
                .mapToObj(block -> block >= first ? window : 0)
                .toList();
    }

    /** Windows in those blocks that {@code layer_types} names so. */
    static List<Integer> listed(Config config, int window) {
        List<String> types = config.texts("layer_types");
        config.require(types.size() == blocks(config), "layer_types", "one for each of " + blocks(config) + " blocks");
        config.require(
                TYPES.containsAll(types) && (window > 0 || !types.contains("sliding_attention")),
                "layer_types",
                window > 0
                        ? "only " + String.join(" and ", TYPES)
                        : "only full_attention, as there is no sliding_window");
        return types.stream()
                .map(type -> type.equals("sliding_attention") ? window : 0)
                .toList();
    }

    /** Number of blocks. */
    static int blocks(Config config) {
        return config.whole("num_hidden_layers", 1, Limits.BLOCKS);
    }
}
