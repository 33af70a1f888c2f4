package org.rankgrid.engine.grid;

import java.util.List;
import org.rankgrid.engine.plugin.OptionTypes;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.OptionType;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Declared options as JSON schema. */
final class OptionSchema {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Where the schema of an allocator that another starts from stands in the whole. */
    static final String START = "#/$defs/start";

    private OptionSchema() {}

    /**
     * An object with these options and no other key.
     *
     * @param axes whether a list may stand for a value
     */
    static ObjectNode object(List<OptionSpec> specs, boolean axes) {
        ObjectNode object = JSON.objectNode().put("type", "object").put("additionalProperties", false);
        ObjectNode properties = object.putObject("properties");
        ArrayNode required = object.putArray("required");
        for (OptionSpec spec : specs) {
            ObjectNode single = of(spec.type());
            ObjectNode property = axes ? oneOrMore(single) : single;
            property.put("description", spec.help());
            spec.defaultValue().ifPresent(value -> putDefault(property, value));
            properties.set(spec.name(), property);
            if (spec.required()) {
                required.add(spec.name());
            }
        }
        return object;
    }

    /** A value, or a list of one or more of them. */
    static ObjectNode oneOrMore(ObjectNode item) {
        ObjectNode schema = JSON.objectNode();
        ArrayNode forms = schema.putArray("anyOf").add(item);
        forms.addObject().put("type", "array").put("minItems", 1).set("items", item);
        return schema;
    }

    /** The values of a type. */
    static ObjectNode of(OptionType type) {
        ObjectNode schema = JSON.objectNode();
        switch (type) {
            case OptionType.Whole(long min, long max) -> {
                schema.put("type", "integer");
                if (min > Long.MIN_VALUE) {
                    schema.put("minimum", min);
                }
                if (max < Long.MAX_VALUE) {
                    schema.put("maximum", max);
                }
            }
            case OptionType.Real(double min, double max) -> {
                schema.put("type", "number");
                if (min > -Double.MAX_VALUE) {
                    schema.put("minimum", min);
                }
                if (max < Double.MAX_VALUE) {
                    schema.put("maximum", max);
                }
            }
            case OptionType.Flag() -> schema.put("type", "boolean");
            case OptionType.Choice(List<String> words) -> words.forEach(schema.putArray("enum")::add);
            case OptionType.Text() -> schema.put("type", "string");
            case OptionType.Allocator() -> schema.put("$ref", START);
            case OptionType.File() -> schema.put("type", "string").put("minLength", 1);
        }
        return schema;
    }

    private static void putDefault(ObjectNode property, Object value) {
        switch (value) {
            case Long whole -> property.put("default", whole);
            case Double real -> property.put("default", real);
            case Boolean flag -> property.put("default", flag);
            default -> property.put("default", OptionTypes.text(value));
        }
    }
}
