package org.rankgrid.data.dataset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.rankgrid.data.hub.HubCache;
import org.rankgrid.spi.task.DataSource;

/**
 * What is known of a data set.
 *
 * @param name its short name, and the name of its folder in the data folder
 * @param about what it is, in one sentence
 * @param licence of the data, or why it does not come with rankgrid
 * @param splits those that tasks score, each with a file in the data folder where that has a name of its own, else empty
 * @param hubs where the hub has it, the one of today's task files first
 * @param bundled the splits in the jar
 * @param adaptation what makes its rows those that templates expect
 * @param subjects the field that tells the parts of the whole set apart, each of which is a configuration on the hub
 */
record KnownSet(
        String name,
        String about,
        String licence,
        SequencedMap<String, String> splits,
        List<HubSource> hubs,
        List<BundledSplit> bundled,
        Adaptation adaptation,
        Optional<String> subjects) {

    /** What the hub calls the configuration that holds all parts. */
    static final String WHOLE = "all";

    KnownSet {
        splits = new LinkedHashMap<>(splits);
        hubs = List.copyOf(hubs);
        bundled = List.copyOf(bundled);
    }

    static KnownSet of(String name, String about, String licence) {
        return new KnownSet(
                name, about, licence, new LinkedHashMap<>(), List.of(), List.of(), Adaptation.NONE, Optional.empty());
    }

    /** A set that is not known: a folder, a file or a repository. */
    static KnownSet unlisted(DataSource source) {
        KnownSet set = of(source.path(), "", "");
        return HubCache.isRepository(source.path())
                ? set.withHub(new HubSource(source.path(), source.name(), Map.of()))
                : set;
    }

    KnownSet split(String split) {
        return split(split, "");
    }

    KnownSet split(String split, String localFile) {
        SequencedMap<String, String> more = new LinkedHashMap<>(splits);
        more.put(split, localFile);
        return new KnownSet(name, about, licence, more, hubs, bundled, adaptation, subjects);
    }

    KnownSet hub(String repository) {
        return withHub(new HubSource(repository, Optional.empty(), Map.of()));
    }

    KnownSet hub(String repository, String configuration) {
        return withHub(new HubSource(repository, Optional.of(configuration), Map.of()));
    }

    KnownSet hub(String repository, String configuration, Map<String, String> files) {
        return withHub(new HubSource(repository, Optional.of(configuration), files));
    }

    private KnownSet withHub(HubSource hub) {
        List<HubSource> more = Stream.concat(hubs.stream(), Stream.of(hub)).toList();
        return new KnownSet(name, about, licence, splits, more, bundled, adaptation, subjects);
    }

    KnownSet bundled(BundledSplit split) {
        List<BundledSplit> more =
                Stream.concat(bundled.stream(), Stream.of(split)).toList();
        return new KnownSet(name, about, licence, splits, hubs, more, adaptation, subjects);
    }

    KnownSet adapted(Adaptation how) {
        return new KnownSet(name, about, licence, splits, hubs, bundled, how, subjects);
    }

    KnownSet dividedBy(String field) {
        return new KnownSet(name, about, licence, splits, hubs, bundled, adaptation, Optional.of(field));
    }

    /** Whether it has a short name. */
    boolean listed() {
        return !splits.isEmpty();
    }

    /** Whether a task file that names a path and a configuration means this set. */
    boolean means(DataSource source) {
        Optional<String> part = source.name();
        boolean anyPart = subjects.isPresent();
        boolean byName = source.path().equals(name)
                && (anyPart || part.isEmpty() || hubs.stream().anyMatch(hub -> hub.means(part)));
        return byName
                || hubs.stream()
                        .filter(hub -> hub.repository().equals(source.path()))
                        .anyMatch(hub -> anyPart || hub.means(part));
    }

    /** The part of the set that a source means, if the set has parts and the source does not mean all of it. */
    Optional<String> part(DataSource source) {
        return subjects.isPresent() ? source.name().filter(name -> !name.equals(WHOLE)) : Optional.empty();
    }
}
