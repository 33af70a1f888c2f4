package org.rankgrid.engine.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.spi.Plugin;

/**
 * The plugins of one kind by id, in the order of discovery. An id that two plugins claim belongs to neither: whoever asks
 * for it is told of both.
 *
 * @param <P> the kind
 */
public final class PluginSet<P extends Plugin> {

    private static final int MOST_LISTED = 24;

    private final PluginKind kind;
    private final SequencedMap<String, Discovered<P>> plugins = new LinkedHashMap<>();
    private final SequencedMap<String, List<Origin>> claims = new LinkedHashMap<>();

    PluginSet(PluginKind kind, List<Discovered<P>> discovered) {
        this.kind = kind;
        for (Discovered<P> plugin : discovered) {
            plugins.put(plugin.id(), plugin);
            claims.computeIfAbsent(plugin.id(), _ -> new ArrayList<>()).add(plugin.origin());
        }
        claims.values().removeIf(origins -> origins.size() == 1);
        plugins.keySet().removeAll(claims.keySet());
    }

    /** A set that holds nothing. */
    static <P extends Plugin> PluginSet<P> none(PluginKind kind) {
        return new PluginSet<>(kind, List.of());
    }

    /** What kind these plugins are of. */
    public PluginKind kind() {
        return kind;
    }

    /** The ids, in the order of discovery. */
    public List<String> ids() {
        return List.copyOf(plugins.keySet());
    }

    /** The plugins, in the order of discovery. */
    public List<Discovered<P>> all() {
        return List.copyOf(plugins.values());
    }

    /** The plugin of an id. */
    public Optional<P> find(String id) {
        return Optional.ofNullable(plugins.get(id)).map(Discovered::plugin);
    }

    /**
     * The plugin of an id.
     *
     * @throws InputException with the sentence of {@link #missing}, if there is none
     */
    public P get(String id) {
        return find(id).orElseThrow(() -> new InputException(missing(id)));
    }

    /** Why {@link #find} finds nothing under an id, with the nearest names or all of them. */
    public String missing(String id) {
        List<Origin> origins = claims.get(id);
        if (origins != null) {
            return ambiguity(id, origins);
        }
        String hint = NearestNames.hint(id, plugins.keySet());
        if (plugins.isEmpty()) {
            hint = "; none was found at all";
        } else if (hint.isEmpty()) {
            hint = plugins.size() <= MOST_LISTED
                    ? "; known: " + String.join(", ", plugins.keySet())
                    : "; 'rankgrid plugins' lists the " + plugins.size() + " there are";
        }
        return "there is no " + kind.word() + " '" + id + "'" + hint;
    }

    /** One problem for each id that is claimed more than once. */
    List<PluginProblem> ambiguities() {
        List<PluginProblem> problems = new ArrayList<>();
        for (Map.Entry<String, List<Origin>> claim : claims.entrySet()) {
            problems.add(new PluginProblem(ambiguity(claim.getKey(), claim.getValue())));
        }
        return problems;
    }

    private String ambiguity(String id, List<Origin> origins) {
        String claimants =
                String.join(" and by ", origins.stream().map(Origin::toString).toList());
        return kind.word() + " '" + id + "' is provided by " + claimants + "; remove all but one";
    }
}
