package org.rankgrid.allocators.ranks;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.rankgrid.allocators.ranks.JsonValue.Member;
import org.rankgrid.allocators.ranks.JsonValue.Members;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.spi.option.FileContent;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/**
 * A {@code ranks.json}: an object from layer keys to whole numbers or {@code "dense"}, and nothing else. It must name every
 * layer of the model, once.
 */
final class RanksFile {

    /**
     * What the file says about a layer.
     *
     * @param rank a rank, not negative, or {@link RankPlan#DENSE}
     * @param place file, line and column of the key, for messages
     */
    record Entry(int rank, String place) {}

    private RanksFile() {}

    /**
     * The entries by key, in the order of the file.
     *
     * @throws InputException if the file is anything else than such an object
     */
    static SequencedMap<String, Entry> read(FileContent content) {
        return entries(JsonText.read(content));
    }

    /** The wishes of a file for a model. */
    static double[] ranks(String name, Members object, List<Layer> layers) {
        checkKeys(object, layers, Set.of());
        checkComplete(name, object, layers);
        SequencedMap<String, Entry> entries = entries(object);
        return layers.stream()
                .mapToDouble(layer -> {
                    Entry entry = entries.getOrDefault(layer.key(), new Entry(RankPlan.DENSE, name));
                    return RankValue.wish(layer, entry.rank(), entry.place());
                })
                .toArray();
    }

    private static SequencedMap<String, Entry> entries(Members object) {
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        object.members()
                .forEach((key, member) -> entries.put(
                        key,
                        new Entry(
                                RankValue.whole(member.value()), member.place().text())));
        return entries;
    }

    /**
     * Checks that all keys are layers of the model.
     *
     * @param others keys that may stand there too
     */
    static void checkKeys(Members object, List<Layer> layers, Set<String> others) {
        SequencedSet<String> known =
                layers.stream().map(Layer::key).collect(Collectors.toCollection(LinkedHashSet::new));
        for (var member : object.members().entrySet()) {
            String key = member.getKey();
            if (!known.contains(key) && !others.contains(key)) {
                throw new InputException(member.getValue().place().text() + ": " + JsonText.quoted(key)
                        + " is no compressible layer of this model" + NearestNames.hint(key, known)
                        + ", whose first is '" + known.getFirst() + "': give a file made for this model.");
            }
        }
    }

    /** Checks that every layer of the model has a member. */
    static void checkComplete(String name, Members object, List<Layer> layers) {
        SequencedMap<String, Member> members = object.members();
        List<Layer> missing = layers.stream()
                .filter(layer -> !members.containsKey(layer.key()))
                .toList();
        if (!missing.isEmpty()) {
            throw new InputException(name + " names " + (layers.size() - missing.size()) + " of the model's "
                    + layers.size() + " layers and lacks '" + missing.getFirst().key() + "'"
                    + (missing.size() > 1 ? " and " + (missing.size() - 1) + " more" : "")
                    + ": give each a rank or \"dense\".");
        }
    }
}
