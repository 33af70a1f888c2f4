package org.rankgrid.engine.grid;

import java.util.List;
import org.rankgrid.engine.plugin.OptionTypes;
import org.rankgrid.engine.plugin.PluginKind;
import org.rankgrid.engine.plugin.PluginSet;
import org.rankgrid.engine.plugin.Plugins;
import org.rankgrid.engine.profile.Profiles;
import org.rankgrid.spi.Plugin;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.OptionType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON schema (draft 2020-12) of a grid file, for editors: keys, plugins that are there, their options, and help for all
 * of them. What a schema cannot say (whether a file exists, whether ratios are needed) is left to {@link GridFile}.
 */
public final class GridSchema {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Where a plugin is chosen: only in an axis may lists stand for values, only tasks have limits. */
    private enum Place {
        AXIS,
        ALLOCATORS,
        TASKS,
        START
    }

    private final Plugins plugins;

    private GridSchema(Plugins plugins) {
        this.plugins = plugins;
    }

    /** The schema of grids that may use these plugins. */
    public static JsonNode of(Plugins plugins) {
        return new GridSchema(plugins).schema();
    }

    private ObjectNode schema() {
        ObjectNode schema = JSON.objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "rankgrid grid file")
                .put("type", "object")
                .put("additionalProperties", false);
        schema.putArray("required")
                .add(GridKey.MODELS.key())
                .add(GridKey.ALLOCATORS.key())
                .add(GridKey.TASKS.key());
        ObjectNode properties = schema.putObject("properties");
        for (GridKey key : GridKey.values()) {
            ObjectNode property = JSON.objectNode().put("description", key.help());
            properties.set(key.key(), property.setAll(property(key)));
        }
        ObjectNode definitions = schema.putObject("$defs");
        definitions.set(GridKey.FACTORIZATIONS.key(), choice(plugins.factorizations(), Place.AXIS));
        definitions.set(GridKey.ALLOCATORS.key(), choice(plugins.allocators(), Place.ALLOCATORS));
        definitions.set(GridKey.TASKS.key(), choice(plugins.tasks(), Place.TASKS));
        definitions.set("start", choice(plugins.allocators(), Place.START));
        return schema;
    }

    private ObjectNode property(GridKey key) {
        return switch (key) {
            case NAME -> text();
            case MODELS -> OptionSchema.oneOrMore(text());
            case CALIBRATION -> sample(SampleOptions.CALIBRATION);
            case VALIDATION -> sample(SampleOptions.VALIDATION);
            case FACTORIZATIONS, ALLOCATORS, TASKS ->
                OptionSchema.oneOrMore(JSON.objectNode().put("$ref", "#/$defs/" + key.key()));
            case RATIOS -> ratios();
            case SEEDS -> OptionSchema.oneOrMore(OptionSchema.of(SampleOptions.SEED_TYPE));
            case PROFILE -> profiles();
            case LAYERS -> layers();
            case BACKEND -> JSON.objectNode().set("oneOf", ids(plugins.backends(), true));
            case DECOMPOSITIONS -> JSON.objectNode().set("oneOf", ids(plugins.decompositions(), true));
            case THREADS -> OptionSchema.of(new OptionType.Whole(1, GridDefaults.MOST_THREADS));
            case LIMIT -> OptionSchema.of(new OptionType.Whole(1, Integer.MAX_VALUE));
        };
    }

    private static ObjectNode ratios() {
        return OptionSchema.oneOrMore(
                JSON.objectNode().put("type", "number").put("minimum", 0).put("exclusiveMaximum", 1));
    }

    private static ObjectNode profiles() {
        ObjectNode profiles = JSON.objectNode();
        ArrayNode ids = profiles.putArray("oneOf");
        Profiles.ALL.forEach(
                profile -> ids.addObject().put("const", profile.id()).put("description", profile.summary()));
        return profiles;
    }

    private static ObjectNode text() {
        return JSON.objectNode().put("type", "string").put("minLength", 1);
    }

    private static ObjectNode layers() {
        ObjectNode layers = JSON.objectNode().put("type", "object").put("additionalProperties", false);
        layers.putArray("required").add("exclude");
        layers.putObject("properties")
                .set(
                        "exclude",
                        OptionSchema.oneOrMore(text())
                                .put("description", "Patterns of layer keys that stay dense; * is any text."));
        return layers;
    }

    private static ObjectNode sample(List<OptionSpec> specs) {
        ObjectNode sample = OptionSchema.object(specs, false);
        ((ObjectNode) sample.get("properties"))
                .set(
                        SampleOptions.SEED,
                        OptionSchema.of(SampleOptions.SEED_TYPE).put("description", SampleOptions.SEED_HELP));
        return sample;
    }

    /** A plugin by id alone, or by id and options: for each id its own branch. */
    private static <P extends Plugin> ObjectNode choice(PluginSet<P> plugins, Place place) {
        ObjectNode byId = JSON.objectNode().set("oneOf", ids(plugins, false));
        ObjectNode withOptions = JSON.objectNode().put("type", "object");
        withOptions.putArray("required").add("id");
        withOptions.putObject("properties").putObject("id").set("oneOf", ids(plugins, true));
        ArrayNode branches = withOptions.putArray("allOf");
        for (String id : plugins.ids()) {
            P plugin = plugins.get(id);
            ObjectNode branch = branches.addObject();
            branch.putObject("if").putObject("properties").putObject("id").put("const", id);
            ObjectNode then = OptionSchema.object(plugin.options(), place == Place.AXIS || place == Place.ALLOCATORS)
                    .put("description", plugin.summary());
            ObjectNode properties = (ObjectNode) then.get("properties");
            properties.putObject("id").put("const", id);
            if (place == Place.ALLOCATORS) {
                properties.set(
                        GridKey.RATIOS.key(), ratios().put("description", "Its own ratios in place of the grid's."));
            }
            if (place == Place.TASKS) {
                properties.set(
                        "limit",
                        OptionSchema.of(new OptionType.Whole(1, Integer.MAX_VALUE))
                                .put("description", GridKey.LIMIT.help()));
            }
            branch.set("then", then);
        }
        ObjectNode choice = JSON.objectNode();
        ArrayNode forms = choice.putArray("anyOf").add(byId).add(withOptions);
        if (place == Place.START) {
            forms.addObject().put("const", OptionTypes.NONE);
        }
        return choice;
    }

    /**
     * The ids of a set with their summaries, and the other forms that a name of the kind may have.
     *
     * @param all whether plugins are listed that need options
     */
    private static <P extends Plugin> ArrayNode ids(PluginSet<P> plugins, boolean all) {
        ArrayNode ids = JSON.arrayNode();
        for (String id : plugins.ids()) {
            P plugin = plugins.get(id);
            if (all || plugin.options().stream().noneMatch(OptionSpec::required)) {
                ids.addObject().put("const", id).put("description", plugin.summary());
            }
        }
        if (plugins.kind() == PluginKind.TASK) {
            ids.addObject()
                    .put("type", "string")
                    .put("pattern", "\\.[yY][aA]?[mM][lL]$")
                    .put("description", "A task file of your own, relative to the grid.");
        }
        plugins.kind().reservedIds().stream()
                .sorted()
                .forEach(id -> ids.addObject().put("const", id));
        return ids;
    }
}
