package org.rankgrid.data.dataset;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.rankgrid.data.dataset.KnownDataSet.State;
import org.rankgrid.data.hub.HubCache;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.spi.Sha256;
import org.rankgrid.spi.task.DataRow;
import org.rankgrid.spi.task.DataSet;
import org.rankgrid.spi.task.DataSource;
import org.rankgrid.spi.task.TableReader;

/**
 * Data sets by name: a short name or the hub's id of a known set, else a repository of the hub, else a path to a file or to
 * a folder with a file for each split. They are looked for in the data folder, then among the bundled ones, then in the
 * hub's cache, then beside the grid. Each is read once.
 */
public final class DataSetLibrary {

    /** What task files call the formats in place of a set's name when they name files. */
    private static final List<String> FORMATS = List.of("json", "parquet");

    private final Places places;
    private final RowReader reader;
    private final Map<Found, DataSet> read = new ConcurrentHashMap<>();
    private final Map<DataSource, DataSet> sets = new ConcurrentHashMap<>();

    /**
     * A library.
     *
     * @param dataFolder where the person keeps data sets
     * @param base what relative paths are relative to: the grid's folder
     * @param hub what the hub's client has fetched
     * @param readers plugins that read other formats than JSON
     */
    public DataSetLibrary(Optional<Path> dataFolder, Path base, HubCache hub, List<TableReader> readers) {
        this.places = new Places(dataFolder, base, hub);
        this.reader = new RowReader(readers);
    }

    /**
     * The rows of a split.
     *
     * @throws InputException if it is not here (what to fetch, or where to put it), or damaged, with file and line
     */
    public DataSet dataSet(DataSource source) {
        return sets.computeIfAbsent(source, this::load);
    }

    /** The data sets that have short names, and where they are. */
    public List<KnownDataSet> known() {
        return KnownSets.all().stream().map(this::describe).toList();
    }

    private DataSet load(DataSource source) {
        if (FORMATS.contains(source.path()) || !source.files().isEmpty()) {
            return read(new Found.InFiles(State.BESIDE, List.of(file(source)), true));
        }
        KnownSet set = KnownSets.meantBy(source).orElseGet(() -> KnownSet.unlisted(source));
        Found found = places.find(set, source).orElseThrow(() -> new MissingData(places).of(set, source));
        DataSet rows = adapted(set, read(found));
        return set.part(source)
                .filter(_ -> found.whole())
                .map(part -> part(set, rows, part))
                .orElse(rows);
    }

    private DataSet read(Found found) {
        return read.computeIfAbsent(found, place -> switch (place) {
            case Found.InFiles files -> reader.read(files.files());
            case Found.InJar jar -> RowReader.read(jar.split());
        });
    }

    /** The file that a task file gives for a split. */
    private static Path file(DataSource source) {
        if (!FORMATS.contains(source.path())) {
            throw new InputException("data_files go with dataset_path json or parquet, not with '" + source.path()
                    + "', change one of them.");
        }
        if (source.files().isEmpty()) {
            throw new InputException("dataset_path " + source.path()
                    + " needs the files: give dataset_kwargs data_files, a path or a path by split.");
        }
        String file = source.files().get(source.split());
        if (file == null) {
            throw new InputException("data_files has no split '" + source.split() + "'"
                    + NearestNames.hint(source.split(), source.files().keySet()) + ": it has "
                    + String.join(", ", source.files().keySet()) + ".");
        }
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new InputException("data_files names '" + file + "', which is no path.", e);
        }
    }

    private static DataSet adapted(KnownSet set, DataSet rows) {
        if (set.adaptation() == Adaptation.NONE) {
            return rows;
        }
        return new DataSet(
                Sha256.of(rows.fingerprint() + "\n" + set.adaptation()),
                rows.rows().stream()
                        .map(row -> new DataRow(row.origin(), set.adaptation().adapted(row.fields())))
                        .toList());
    }

    private static DataSet part(KnownSet set, DataSet whole, String part) {
        String field = set.subjects().orElseThrow();
        List<DataRow> rows = whole.rows().stream()
                .filter(row -> part.equals(row.fields().get(field)))
                .toList();
        if (rows.isEmpty()) {
            TreeSet<String> parts = new TreeSet<>();
            whole.rows().forEach(row -> parts.add(String.valueOf(row.fields().get(field))));
            throw new InputException("The data set '" + set.name() + "' has no " + field + " '" + part + "'"
                    + NearestNames.hint(part, parts) + ": it has " + String.join(", ", parts) + ".");
        }
        return new DataSet(Sha256.of(whole.fingerprint() + "\n" + field + "=" + part), rows);
    }

    private KnownDataSet describe(KnownSet set) {
        List<KnownDataSet.Split> splits = new ArrayList<>();
        for (String split : set.splits().keySet()) {
            Optional<BundledSplit> bundled = set.bundled().stream()
                    .filter(candidate -> candidate.split().equals(split))
                    .findFirst();
            splits.add(new KnownDataSet.Split(
                    split, bundled.map(it -> OptionalInt.of(it.rows())).orElse(OptionalInt.empty())));
        }
        State state = State.MISSING;
        String where = "";
        try {
            String first = set.splits().firstEntry().getKey();
            Optional<Found> found =
                    places.find(set, new DataSource(set.name(), Optional.empty(), first, new LinkedHashMap<>()));
            state = found.map(DataSetLibrary::state).orElse(State.MISSING);
            where = found.map(DataSetLibrary::where).orElse("");
        } catch (InputException incomplete) {
            // A listing tells what is wrong with one set and goes on with the others.
            where = String.valueOf(incomplete.getMessage());
        }
        return new KnownDataSet(set.name(), set.about(), splits, state, where, set.licence());
    }

    private static State state(Found found) {
        return switch (found) {
            case Found.InFiles files -> files.state();
            case Found.InJar _ -> State.BUNDLED;
        };
    }

    private static String where(Found found) {
        return switch (found) {
            case Found.InFiles files -> files.files().getFirst().toString();
            case Found.InJar _ -> "comes with rankgrid";
        };
    }
}
