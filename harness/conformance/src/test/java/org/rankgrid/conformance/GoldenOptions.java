package org.rankgrid.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.Options;
import tools.jackson.databind.JsonNode;

/** How the goldens of allocators name allocators and their options. */
final class GoldenOptions {

    private static final Map<String, String> IDS = Map.of(
            "uniform", "uniform",
            "mgaa", "mgaa",
            "ee", "equal-energy",
            "mg", "marginal-gain",
            "mgd", "marginal-gain",
            "knapsack", "knapsack",
            "bolaco", "bayesian",
            "ara", "ara");

    private GoldenOptions() {}

    /** The id of a row's allocator; empty for the dense model. */
    static String id(JsonNode row) {
        return IDS.getOrDefault(name(row), "");
    }

    /** The name of a row's allocator there. */
    static String name(JsonNode row) {
        return row.required("allocator").asString();
    }

    /** The options of a row in rankgrid's names; those it leaves out have our defaults. */
    static Options of(Allocator allocator, JsonNode row) {
        Map<String, Object> options = new LinkedHashMap<>();
        if (allocator.id().equals("marginal-gain")) {
            options.put("dense", name(row).equals("mgd"));
        }
        row.required("options").properties().forEach(option -> {
            JsonNode value = option.getValue();
            switch (option.getKey()) {
                case "alpha", "lr", "slack" -> options.put(option.getKey(), value.doubleValue());
                case "skip", "groups", "trials", "steps", "length", "batch" ->
                    options.put(option.getKey(), value.longValue());
                case "within", "between" -> options.put(option.getKey(), value.booleanValue());
                case "group", "weight", "init" -> options.put(option.getKey(), value.asString());
                case "fix" -> options.put("correction", value.asString());
                case "sim" -> options.put("similarity", value.asString());
                case "robust" -> options.put("z", value.booleanValue() ? "robust" : "standard");
                case "lam_c" -> options.put("size-weight", value.doubleValue());
                case "lam_g" -> options.put("guidance-weight", value.doubleValue());
                case "form" -> options.put("guidance", value.intValue() == 1 ? "pull-up" : "bimodal");
                case "ste" -> options.put("hard", value.booleanValue());
                case "seed" -> {
                    // The seed is the cell's.
                }
                default -> throw new IllegalArgumentException("option " + option.getKey());
            }
        });
        return Options.of(allocator.options(), options);
    }
}
