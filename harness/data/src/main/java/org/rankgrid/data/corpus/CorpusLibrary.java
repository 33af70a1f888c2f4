package org.rankgrid.data.corpus;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import org.rankgrid.data.Environment;
import org.rankgrid.data.dataset.DataSetLibrary;
import org.rankgrid.data.dataset.KnownDataSet;
import org.rankgrid.data.hub.HubCache;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.spi.task.DataLibrary;
import org.rankgrid.spi.task.DataSet;
import org.rankgrid.spi.task.DataSource;
import org.rankgrid.spi.task.TableReader;

/**
 * Corpora by name: a bundled one, else a path in the data folder, else a path relative to the grid. A path is a file of plain
 * text ({@code .txt}, {@code .raw}: one document) or of JSON lines ({@code .jsonl}: one document a line, in the field
 * {@code text} or in the one named after a {@code #}, as in {@code alpaca.jsonl.gz#output}), or a folder with one such file.
 * Each corpus is read once. Data sets of rows are the business of {@link DataSetLibrary}.
 */
public final class CorpusLibrary implements DataLibrary {

    private static final String DEFAULT_FIELD = "text";

    private final Optional<Path> dataFolder;
    private final Path base;
    private final DataSetLibrary dataSets;
    private final Map<String, Corpus> read = new ConcurrentHashMap<>();

    /**
     * A library that knows the hub's cache of this process, and the table readers on its class path.
     *
     * @param dataFolder where the person keeps data sets
     * @param base what other relative paths are relative to: the grid's folder
     */
    public CorpusLibrary(Optional<Path> dataFolder, Path base) {
        this(
                dataFolder,
                base,
                HubCache.of(Environment.ofProcess()),
                ServiceLoader.load(TableReader.class, CorpusLibrary.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList());
    }

    /**
     * A library.
     *
     * @param dataFolder where the person keeps data sets
     * @param base what other relative paths are relative to: the grid's folder
     * @param hub what the hub's client has fetched
     * @param readers plugins that read data sets in other formats than JSON
     */
    public CorpusLibrary(Optional<Path> dataFolder, Path base, HubCache hub, List<TableReader> readers) {
        this.dataFolder = dataFolder;
        this.base = base;
        this.dataSets = new DataSetLibrary(dataFolder, base, hub, readers);
    }

    /** Names of the bundled corpora. */
    public static List<String> bundled() {
        return BundledCorpus.ids();
    }

    /**
     * A corpus.
     *
     * @param name a bundled name or a path
     * @throws InputException if there is no such corpus, it cannot be read or it is empty
     */
    public Corpus corpus(String name) {
        return read.computeIfAbsent(name, this::load);
    }

    @Override
    public List<String> documents(String name) {
        return corpus(name).documents();
    }

    @Override
    public String joined(String name) {
        return corpus(name).joined();
    }

    @Override
    public String fingerprint(String name) {
        return corpus(name).fingerprint();
    }

    @Override
    public DataSet dataSet(DataSource source) {
        return dataSets.dataSet(source);
    }

    /** The data sets that have short names, and where they are. */
    public List<KnownDataSet> dataSets() {
        return dataSets.known();
    }

    private Corpus load(String name) {
        Corpus corpus = BundledCorpus.named(name).map(BundledCorpus::read).orElseGet(() -> fromFile(name));
        if (corpus.documents().stream().allMatch(String::isBlank)) {
            throw new InputException("The corpus '" + name + "' holds no text, choose another.");
        }
        return corpus;
    }

    private Corpus fromFile(String name) {
        Optional<Path> whole = find(name);
        if (whole.isPresent()) {
            return CorpusFiles.read(name, whole.get(), DEFAULT_FIELD);
        }
        int hash = name.lastIndexOf('#');
        Optional<Path> file = hash > 0 ? find(name.substring(0, hash)) : Optional.empty();
        return CorpusFiles.read(name, file.orElseThrow(() -> unknown(name)), name.substring(hash + 1));
    }

    private Optional<Path> find(String name) {
        return places(name).stream().filter(Files::exists).findFirst();
    }

    private List<Path> places(String name) {
        List<Path> places = new ArrayList<>();
        try {
            dataFolder.ifPresent(folder -> places.add(folder.resolve(name)));
            places.add(base.resolve(name));
        } catch (InvalidPathException _) {
            // Then it is no file's name on this system.
        }
        return places;
    }

    private InputException unknown(String name) {
        List<String> known = bundled();
        String where = dataFolder
                .map(folder -> "in the data folder " + folder + " or in " + base)
                .orElse("in " + base + " (no data folder is set, see --data and RANKGRID_DATA)");
        return new InputException("There is no corpus '" + name + "'" + NearestNames.hint(name, known) + ": known are "
                + String.join(", ", known) + ", and no file of that name is " + where + ".");
    }
}
