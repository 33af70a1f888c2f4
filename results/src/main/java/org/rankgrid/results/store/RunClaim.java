package org.rankgrid.results.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.rankgrid.results.cell.CellCodec;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Item;
import org.rankgrid.results.cell.ItemLog;
import org.rankgrid.results.cell.PlannedCell;
import org.rankgrid.results.cell.RanksFile;
import org.rankgrid.results.json.Json;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.rank.RankPlan;

/**
 * The right to write into a run directory, held by one process at a time and given back by closing; it also ends with the
 * process, however that ends. Cells may be written by several threads, each cell by one.
 */
public final class RunClaim implements AutoCloseable {

    private final RunDirectory directory;
    private final FolderLock lock;

    private RunClaim(RunDirectory directory, FolderLock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    static RunClaim of(RunDirectory directory) {
        return new RunClaim(directory, FolderLock.take(directory.root()));
    }

    /** The folder, for reading. */
    public RunDirectory directory() {
        return directory;
    }

    /**
     * Records the grid. Where another grid was run in the folder before, its file is kept as {@code grid-<hash>.yaml}; cells
     * of it stay where they are, and those that both grids share are finished already.
     *
     * @param grid the bytes of the grid file
     * @param cells its expansion
     * @throws InputException if the files cannot be written
     */
    public void begin(byte[] grid, List<PlannedCell> cells) {
        Path file = directory.root().resolve(RunDirectory.GRID);
        byte[] earlier = RunDirectory.bytes(file).orElse(grid);
        if (!Arrays.equals(earlier, grid)) {
            AtomicFile.write(file.resolveSibling("grid-" + ContentHash.shortOf(earlier) + ".yaml"), earlier);
        }
        AtomicFile.write(file, grid);
        AtomicFile.write(directory.root().resolve(RunDirectory.CELLS), utf8(CellCodec.writeCells(cells)));
    }

    /**
     * Writes a cell's ranks.
     *
     * @throws InputException if the file cannot be written
     */
    public void writeRanks(String id, RankPlan plan) {
        AtomicFile.write(directory.ranksFile(id), utf8(RanksFile.write(plan)));
    }

    /**
     * Writes a cell's result, which finishes the cell. Items of tasks that the result has but {@code items} has not are kept
     * from the log that is there; a result that could not be used is kept as {@code result-<hash>.json},
     * its log beside it.
     *
     * @param id the cell
     * @param result all that is known of it, earlier tasks included ({@link CellResult#mergedWith})
     * @param items the items of the tasks that were scored now, by task
     * @throws InputException if the files cannot be written, or the log that is there is damaged
     */
    public void write(String id, CellResult result, Map<String, List<Item>> items) {
        if (directory.state(id, result.provenance().identity()) instanceof CellState.Unusable) {
            setAside(id);
        }
        Map<String, List<Item>> log = new LinkedHashMap<>();
        for (String task : result.provenance().tasks().keySet()) {
            log.put(task, items.containsKey(task) ? items.get(task) : directory.items(id, result.withParts(task)));
        }
        StringBuilder lines = new StringBuilder();
        log.values().forEach(task -> task.forEach(item -> lines.append(ItemLog.line(item))));
        AtomicFile.write(directory.itemsFile(id), utf8(lines.toString()));
        AtomicFile.write(directory.resultFile(id), utf8(CellCodec.write(result)));
    }

    /**
     * Adds a line on a run to {@code runs.jsonl}: what no single cell was charged for, and how long all of it took.
     *
     * @param facts plain values by name
     * @throws InputException if the file cannot be written
     */
    public void log(SequencedMap<String, Object> facts) {
        Path file = directory.root().resolve(RunDirectory.RUNS);
        byte[] line = utf8(Json.line(facts) + "\n");
        byte[] earlier = RunDirectory.bytes(file).orElse(new byte[0]);
        byte[] all = Arrays.copyOf(earlier, earlier.length + line.length);
        System.arraycopy(line, 0, all, earlier.length, line.length);
        AtomicFile.write(file, all);
    }

    /** Gives the folder back. */
    @Override
    public void close() {
        lock.close();
    }

    private void setAside(String id) {
        Path result = directory.resultFile(id);
        String hash = ContentHash.shortOf(RunDirectory.bytes(result).orElseThrow());
        AtomicFile.rename(result, "result-" + hash + ".json");
        if (Files.exists(directory.itemsFile(id))) {
            AtomicFile.rename(directory.itemsFile(id), "items-" + hash + ".jsonl");
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
