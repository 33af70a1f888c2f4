package org.rankgrid.data.dataset;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.rankgrid.data.dataset.KnownDataSet.State;
import org.rankgrid.data.hub.HubCache;
import org.rankgrid.spi.task.DataSource;

/**
 * The places where data sets lie, in the order in which they are looked through: the data folder, the jar, the hub's cache,
 * the grid's folder.
 *
 * @param dataFolder where the person keeps data sets
 * @param base what relative paths are relative to
 * @param hub what the hub's client has fetched
 */
record Places(Optional<Path> dataFolder, Path base, HubCache hub) {

    /** The branch of a repository, and the one with the hub's own conversion of sets that are made by a script. */
    private static final List<String> REVISIONS = List.of("main", "refs/convert/parquet");

    /** A folder that may hold the splits of a set; whole if it holds all parts of a set that has parts. */
    private record Root(State state, Path folder, Optional<String> configuration, boolean whole) {

        List<SplitFolder> folders() {
            return SplitFolder.of(folder, configuration);
        }
    }

    /**
     * Where a split of a set is.
     *
     * @throws org.rankgrid.spi.InputException if parts of it are missing there
     */
    Optional<Found> find(KnownSet set, DataSource source) {
        return named(set, source.split())
                .or(() -> inRoots(dataRoots(set, source), source.split()))
                .or(() -> bundled(set, source.split()))
                .or(() -> inHubFiles(set, source))
                .or(() -> inRoots(hubRoots(set, source), source.split()))
                .or(() -> inRoots(baseRoots(set, source), source.split()))
                .or(() -> file(source));
    }

    /** The splits of a set that are here, wherever, sorted. */
    List<String> splits(KnownSet set, DataSource source) {
        TreeSet<String> splits = new TreeSet<>();
        set.bundled().forEach(bundled -> splits.add(bundled.split()));
        set.splits().keySet().stream()
                .filter(split -> named(set, split).isPresent())
                .forEach(splits::add);
        Stream.of(dataRoots(set, source), hubRoots(set, source), baseRoots(set, source))
                .flatMap(List::stream)
                .flatMap(root -> root.folders().stream())
                .flatMap(folder -> folder.splits().stream())
                .filter(split -> !KnownSets.ownsFile(split))
                .forEach(splits::add);
        return List.copyOf(splits);
    }

    /** The folders of a person that are to hold the set and are here, for a message. */
    List<Path> folders(KnownSet set, DataSource source) {
        return Stream.of(dataRoots(set, source), baseRoots(set, source))
                .flatMap(List::stream)
                .map(Root::folder)
                .filter(Files::isDirectory)
                .toList();
    }

    /** What the hub's client has fetched of a set, for a message. */
    List<Path> snapshots(KnownSet set, DataSource source) {
        return hubRoots(set, source).stream().map(Root::folder).toList();
    }

    /** The file in the data folder that has a name of its own. */
    private Optional<Found> named(KnownSet set, String split) {
        String file = set.splits().getOrDefault(split, "");
        return dataFolder.filter(_ -> !file.isEmpty()).stream()
                .flatMap(folder -> Stream.of(folder.resolve(file), folder.resolve(file + ".gz")))
                .filter(Files::isRegularFile)
                .<Found>map(path -> new Found.InFiles(State.DATA_FOLDER, List.of(path), true))
                .findFirst();
    }

    private static Optional<Found> bundled(KnownSet set, String split) {
        return set.bundled().stream()
                .filter(bundled -> bundled.split().equals(split))
                .<Found>map(Found.InJar::new)
                .findFirst();
    }

    private Optional<Found> inHubFiles(KnownSet set, DataSource source) {
        for (HubSource candidate : hubs(set, source)) {
            Optional<Path> file = Optional.ofNullable(candidate.files().get(source.split()))
                    .flatMap(path -> hub.file(HubCache.Kind.DATASET, candidate.repository(), "main", path));
            if (file.isPresent()) {
                return Optional.of(new Found.InFiles(State.HUB_CACHE, List.of(file.get()), true));
            }
        }
        return Optional.empty();
    }

    private static Optional<Found> inRoots(List<Root> roots, String split) {
        for (Root root : roots) {
            for (SplitFolder folder : root.folders()) {
                List<Path> files = folder.files(split);
                if (!files.isEmpty()) {
                    return Optional.of(new Found.InFiles(root.state(), files, root.whole()));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Found> file(DataSource source) {
        return resolved(base, source.path())
                .filter(Files::isRegularFile)
                .map(file -> new Found.InFiles(State.BESIDE, List.of(file), true));
    }

    private List<Root> dataRoots(KnownSet set, DataSource source) {
        return dataFolder
                .map(folder -> roots(State.DATA_FOLDER, folder, set, source))
                .orElse(List.of());
    }

    private List<Root> baseRoots(KnownSet set, DataSource source) {
        return roots(State.BESIDE, base, set, source);
    }

    private static List<Root> roots(State state, Path folder, KnownSet set, DataSource source) {
        Optional<String> configuration = set.listed() ? Optional.empty() : source.name();
        return resolved(folder, set.name())
                .map(root -> List.of(new Root(state, root, configuration, true)))
                .orElse(List.of());
    }

    private List<Root> hubRoots(KnownSet set, DataSource source) {
        List<Root> roots = new ArrayList<>();
        for (HubSource candidate : hubs(set, source)) {
            for (String revision : REVISIONS) {
                hub.snapshot(HubCache.Kind.DATASET, candidate.repository(), revision)
                        .ifPresent(snapshot -> {
                            set.part(source)
                                    .ifPresent(part ->
                                            roots.add(new Root(State.HUB_CACHE, snapshot, Optional.of(part), false)));
                            roots.add(new Root(State.HUB_CACHE, snapshot, candidate.configuration(), true));
                        });
            }
        }
        return roots;
    }

    /** The one that was asked for first. */
    private static List<HubSource> hubs(KnownSet set, DataSource source) {
        return set.hubs().stream()
                .sorted(Comparator.comparing(hub -> !hub.repository().equals(source.path())))
                .toList();
    }

    private static Optional<Path> resolved(Path folder, String name) {
        try {
            return Optional.of(folder.resolve(name));
        } catch (InvalidPathException _) {
            // Then it is no file's name on this system.
            return Optional.empty();
        }
    }
}
