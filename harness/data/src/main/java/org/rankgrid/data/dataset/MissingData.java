package org.rankgrid.data.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rankgrid.data.hub.HubCache;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.spi.task.DataSource;

/**
 * Says what is missing, where it was sought and what to do.
 *
 * @param places where it was sought
 */
record MissingData(Places places) {

    /** A split that was not found. */
    InputException of(KnownSet set, DataSource source) {
        List<String> splits = places.splits(set, source);
        if (!splits.isEmpty()) {
            return noSplit(set, source, splits);
        }
        return set.listed() ? notHere(set, source) : unknown(set, source);
    }

    private InputException noSplit(KnownSet set, DataSource source, List<String> splits) {
        String how = !set.listed() ? "" : ", or " + howToGet(set, source.split());
        return new InputException("The data set '" + set.name() + "' has no split '" + source.split() + "' here"
                + NearestNames.hint(source.split(), splits) + ": choose " + String.join(" or ", splits) + how + ".");
    }

    private InputException notHere(KnownSet set, DataSource source) {
        String reason = set.bundled().isEmpty() ? " does not come with rankgrid (" + set.licence() + ") and" : "";
        return new InputException("The data set '" + set.name() + "'" + reason
                + " is not on this machine: it was sought " + sought() + ", " + howToGet(set, source.split()) + ".");
    }

    private InputException unknown(KnownSet set, DataSource source) {
        List<String> configurations = configurations(source.path());
        String name = source.name().orElse("");
        if (!configurations.isEmpty()) {
            return new InputException("The data set '" + source.path() + "' "
                    + (name.isEmpty() ? "needs a configuration (dataset_name)" : "has no configuration '" + name + "'")
                    + " here" + NearestNames.hint(name, configurations) + ": known are "
                    + String.join(", ", configurations) + ".");
        }
        String part = name.isEmpty() ? "" : " of '" + name + "'";
        String fetch = "fetch it with 'hf download --repo-type dataset " + source.path() + "'";
        List<Path> folders = places.folders(set, source);
        if (!folders.isEmpty()) {
            String file = source.split() + ".";
            return new InputException("The folder " + folders.getFirst() + " holds no split" + part + ": put a file "
                    + file + "jsonl, " + file + "json or " + file + "parquet into it.");
        }
        List<Path> snapshots = places.snapshots(set, source);
        if (!snapshots.isEmpty()) {
            return new InputException(snapshots.getFirst() + " in the hub's cache holds no split" + part
                    + " in .parquet, .jsonl or .json: " + fetch + ", or check the name.");
        }
        String hub = HubCache.isRepository(source.path()) ? ", and if it is a data set of the hub, " + fetch : "";
        return new InputException("There is no data set '" + source.path() + "'"
                + NearestNames.hint(source.path(), names()) + ": known are " + String.join(", ", KnownSets.names())
                + ", and no file or folder of that name was found " + sought() + hub + ".");
    }

    private String sought() {
        return "in "
                + places.dataFolder()
                        .map(folder -> "the data folder " + folder + ", ")
                        .orElse("") + "the hub's cache " + places.hub().folder() + " and " + places.base();
    }

    private String howToGet(KnownSet set, String split) {
        String file = Optional.of(set.splits().getOrDefault(split, ""))
                .filter(named -> !named.isEmpty())
                .orElse(set.name() + "/" + split + ".jsonl");
        String put = places.dataFolder()
                .map(folder -> "put it at " + folder.resolve(file))
                .orElse("put it at " + file + " in a data folder (--data or RANKGRID_DATA)");
        if (set.hubs().isEmpty()) {
            return put;
        }
        HubSource hub = set.hubs().getFirst();
        // One file of a repository that may have hundreds of gigabytes.
        String only = Optional.ofNullable(hub.files().get(split))
                .map(path -> " " + path)
                .orElse("");
        return put + " or fetch it into the hub's cache with 'hf download --repo-type dataset " + hub.repository()
                + only + "'";
    }

    private static List<String> configurations(String repository) {
        return KnownSets.all().stream()
                .flatMap(set -> set.hubs().stream())
                .filter(hub -> hub.repository().equals(repository))
                .flatMap(hub -> hub.configuration().stream())
                .toList();
    }

    /** Short names and repositories: a person may have misspelt either. */
    private static List<String> names() {
        List<String> names = new ArrayList<>(KnownSets.names());
        KnownSets.all().forEach(set -> set.hubs().forEach(hub -> names.add(hub.repository())));
        return names;
    }
}
