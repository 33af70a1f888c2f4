package org.rankgrid.allocators.ranks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rankgrid.allocators.ranks.JsonValue.Items;
import org.rankgrid.allocators.ranks.JsonValue.Member;
import org.rankgrid.allocators.ranks.JsonValue.Members;
import org.rankgrid.allocators.ranks.JsonValue.Scalar;
import org.rankgrid.numerics.BlockOrder;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;

/**
 * Ranks by type of layer and group of blocks, as papers print them:
 *
 * <pre>{@code
 * {"source": "where the numbers stand",
 *  "groups": [{"q": 744, "k": 744, "v": "dense", "o": 0.789, "gate": 2512, "up": 2408, "down": "dense"}]}
 * }</pre>
 *
 * <p>Blocks are cut into as many consecutive groups of equal size as the list has objects. A whole number is a rank; one with a
 * decimal point is the share of the parameters kept, from which the nearest rank follows. Types that the model does not have
 * are not used; {@code source} is for readers.
 */
final class TypeGroups {

    private static final String GROUPS = "groups";

    private static final Map<String, Role> TYPES = Stream.of(Role.values())
            .collect(Collectors.toMap(role -> role.name().toLowerCase(Locale.ROOT), Function.identity()));

    private TypeGroups() {}

    /** Whether an object is such a list. */
    static boolean looksLike(Members object) {
        return object.members().containsKey(GROUPS);
    }

    /**
     * The wishes of a list for a model.
     *
     * @throws InputException if the object is no such list, or lacks a type that the model has
     */
    static double[] ranks(Members object, List<Layer> layers) {
        checkNames(object, Set.of(GROUPS, "source"), "a member of a list of ranks");
        List<Members> groups = groups(object);
        BlockOrder blocks = BlockOrder.of(layers);
        if (groups.size() > blocks.count()) {
            throw new InputException(object.place().text() + ": the list has " + groups.size()
                    + " groups of blocks, but the model only " + blocks.count()
                    + " blocks: give a list made for this model.");
        }
        return layers.stream()
                .mapToDouble(layer -> {
                    int group = blocks.position(layer) * groups.size() / blocks.count();
                    return rank(layer, groups.get(group));
                })
                .toArray();
    }

    private static List<Members> groups(Members object) {
        Member member = object.members().get(GROUPS);
        if (member == null
                || !(member.value() instanceof Items items)
                || items.values().isEmpty()) {
            throw JsonText.unexpected(
                    member == null ? object.place() : member.value().place(), "an array of groups");
        }
        return items.values().stream()
                .map(value -> {
                    if (!(value instanceof Members group)) {
                        throw JsonText.unexpected(value.place(), "a group, an object from types to ranks");
                    }
                    checkNames(group, TYPES.keySet(), "a type of layer");
                    return group;
                })
                .toList();
    }

    private static void checkNames(Members object, Set<String> known, String what) {
        SequencedMap<String, Member> members = object.members();
        for (var member : members.entrySet()) {
            if (!known.contains(member.getKey())) {
                throw new InputException(
                        member.getValue().place().text() + ": " + JsonText.quoted(member.getKey()) + " is not " + what
                                + NearestNames.hint(member.getKey(), known) + ", expected one of "
                                + known.stream().sorted().collect(Collectors.joining(", ")) + ": correct the file.");
            }
        }
    }

    private static double rank(Layer layer, Members group) {
        String type = layer.role().name().toLowerCase(Locale.ROOT);
        Member member = group.members().get(type);
        if (member == null) {
            throw new InputException(group.place().text() + ": the group says nothing of '" + type
                    + "', which the model has: give it a rank, a share or \"dense\".");
        }
        JsonValue value = member.value();
        if (value instanceof Scalar scalar && scalar.text().contains(".")) {
            OptionalDouble share = RankValue.number(value);
            if (share.isEmpty() || !(share.getAsDouble() > 0 && share.getAsDouble() <= 1)) {
                throw JsonText.unexpected(value.place(), "a share above 0 and up to 1.0");
            }
            double rank = share.getAsDouble() * layer.breakEvenRank();
            return RankValue.wish(layer, share.getAsDouble() == 1 ? rank : Math.rint(rank));
        }
        return RankValue.wish(layer, RankValue.whole(value), member.place().text());
    }
}
