package org.rankgrid.data.yaml;

import java.util.List;

/**
 * A list of nodes.
 *
 * @param position where it begins
 * @param items in the order of the text
 */
public record YamlSequence(YamlPosition position, List<YamlNode> items) implements YamlNode {

    /** Copies the list. */
    public YamlSequence {
        items = List.copyOf(items);
    }

    @Override
    public String describe() {
        return items.isEmpty() ? "an empty list" : "a list";
    }
}
