package org.rankgrid.results.cell;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.rankgrid.results.json.Json;
import org.rankgrid.results.json.JsonObject;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/** {@code ranks.json}: for each layer, by its key and in the order of the layers, a rank or {@code "dense"}. */
public final class RanksFile {

    private static final String DENSE = "dense";

    private RanksFile() {}

    /** The text of a plan. */
    public static String write(RankPlan plan) {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < plan.layers().size(); i++) {
            tree.put(plan.layers().get(i).key(), plan.isDense(i) ? DENSE : (Object) plan.rank(i));
        }
        return Json.pretty(tree);
    }

    /**
     * Reads ranks without knowing the model.
     *
     * @param where the file, for messages
     * @return rank or {@link RankPlan#DENSE} by layer key, in the order of the file
     * @throws InputException if a value is neither a rank of at least 1 nor {@code "dense"}
     */
    public static SequencedMap<String, Integer> read(String where, byte[] bytes) {
        JsonObject json = Json.parse(where, bytes);
        SequencedMap<String, Integer> ranks = new LinkedHashMap<>();
        json.rest().forEach((key, value) -> ranks.put(key, rank(json, key, value)));
        return ranks;
    }

    /**
     * Reads the ranks of given layers.
     *
     * @param where the file, for messages
     * @throws InputException if a layer is missing or unknown, or a rank is out of its range
     */
    public static RankPlan read(String where, byte[] bytes, List<Layer> layers) {
        Map<String, Integer> given = new HashMap<>(read(where, bytes));
        int[] ranks = new int[layers.size()];
        for (int i = 0; i < ranks.length; i++) {
            Layer layer = layers.get(i);
            Integer rank = given.remove(layer.key());
            if (rank == null) {
                throw new InputException(where + ": layer " + layer.key() + " is missing: give it a rank or \"dense\"");
            }
            if (rank != RankPlan.DENSE && rank > layer.fullRank()) {
                throw new InputException(where + ": layer " + layer.key() + " has rank " + rank + ", but 1 to "
                        + layer.fullRank() + " or \"dense\" was expected");
            }
            ranks[i] = rank;
        }
        if (!given.isEmpty()) {
            throw new InputException(
                    where + ": " + given.keySet().stream().sorted().findFirst().orElseThrow()
                            + " is not a layer of the model that can be compressed");
        }
        return new RankPlan(layers, ranks);
    }

    private static int rank(JsonObject json, String key, Object value) {
        if (value.equals(DENSE)) {
            return RankPlan.DENSE;
        }
        if (value instanceof Long rank && rank >= 1 && rank < RankPlan.DENSE) {
            return rank.intValue();
        }
        throw json.problem(key, "is " + value + ", but a rank of at least 1 or \"dense\" was expected");
    }
}
