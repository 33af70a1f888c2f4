package org.rankgrid.conformance;

import java.util.List;
import java.util.Locale;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;
import tools.jackson.databind.JsonNode;

/** How the goldens of allocators name layers, wishes and ranks: by type and block, -1 for dense. */
final class GoldenLayers {

    private GoldenLayers() {}

    /** {@code blocks.B.TYPE}, the key of a layer's spectrum. */
    static String name(Layer layer) {
        return "blocks." + layer.block() + "." + type(layer);
    }

    /** The plan of a row of results. */
    static RankPlan plan(JsonNode row, List<Layer> layers) {
        int[] ranks = layers.stream()
                .mapToInt(layer -> {
                    JsonNode byType = row.path("ranks");
                    int rank = byType.isObject() ? of(byType, layer).asInt() : -1;
                    return rank < 0 ? RankPlan.DENSE : rank;
                })
                .toArray();
        return new RankPlan(layers, ranks);
    }

    /** The wish of a row of results. */
    static RankWish wish(JsonNode row, List<Layer> layers) {
        return new RankWish(layers.stream()
                .mapToDouble(layer -> {
                    double rank = of(row.path("raw_ranks"), layer).asDouble();
                    return rank < 0 ? RankWish.DENSE : rank;
                })
                .toArray());
    }

    /** The Fisher weight of a layer. */
    static double fisher(JsonNode fisher, Layer layer) {
        return of(fisher.required("weights"), layer).doubleValue();
    }

    private static JsonNode of(JsonNode byType, Layer layer) {
        return byType.required(type(layer)).required(layer.block());
    }

    private static String type(Layer layer) {
        return layer.role().name().toLowerCase(Locale.ROOT);
    }
}
