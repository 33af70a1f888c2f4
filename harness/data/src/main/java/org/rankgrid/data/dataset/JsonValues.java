package org.rankgrid.data.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.rankgrid.data.jsonl.JsonLine;
import tools.jackson.databind.JsonNode;

/** JSON as the plain values of a row. */
final class JsonValues {

    private JsonValues() {}

    /**
     * The fields of an object. Whole numbers are {@code Long}, those beyond its range and all others {@code Double}.
     *
     * @throws org.rankgrid.spi.InputException if a number is beyond the range of a double
     */
    static SequencedMap<String, @Nullable Object> fields(JsonLine line) {
        SequencedMap<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : line.object().properties()) {
            fields.put(field.getKey(), value(line, field.getKey(), field.getValue()));
        }
        return fields;
    }

    private static @Nullable Object value(JsonLine line, String field, JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                node.properties().forEach(entry -> map.put(entry.getKey(), value(line, field, entry.getValue())));
                yield Collections.unmodifiableMap(map);
            }
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>(node.size());
                node.forEach(element -> list.add(value(line, field, element)));
                yield Collections.unmodifiableList(list);
            }
            case STRING -> node.stringValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(line, field, node);
            default -> null;
        };
    }

    private static Object number(JsonLine line, String field, JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        double value = Double.parseDouble(node.asString());
        if (!Double.isFinite(value)) {
            throw line.error("the field '" + field + "' holds a number beyond the range of a double");
        }
        return value;
    }
}
