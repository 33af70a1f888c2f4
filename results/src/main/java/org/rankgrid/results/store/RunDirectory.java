package org.rankgrid.results.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.rankgrid.results.cell.CellCodec;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Item;
import org.rankgrid.results.cell.ItemLog;
import org.rankgrid.results.cell.NewerSchemaException;
import org.rankgrid.results.cell.PlannedCell;
import org.rankgrid.results.cell.RanksFile;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/**
 * The results of a grid on disk, for reading: {@code grid.yaml} as given, {@code cells.json} its expansion,
 * {@code runs.jsonl} with a line a run that computed something, and {@code cells/<id>/} with {@code result.json}, {@code items.jsonl} and {@code ranks.json}. Other files in it are left
 * alone. Writing takes a {@link RunClaim}.
 */
public final class RunDirectory {

    /** The grid as it was given. */
    static final String GRID = "grid.yaml";

    /** The expansion of the grid. */
    static final String CELLS = "cells.json";

    /** What each run took, a line each. */
    static final String RUNS = "runs.jsonl";

    private static final int LARGEST_FILE = 64 << 20;

    private final Path root;

    /** A run directory, which need not exist yet. */
    public RunDirectory(Path root) {
        this.root = root;
    }

    /** The folder. */
    public Path root() {
        return root;
    }

    /**
     * Claims the folder for writing, making it where it is missing.
     *
     * @throws InputException if another process has claimed it, or it cannot be written
     */
    public RunClaim claim() {
        return RunClaim.of(this);
    }

    /**
     * The cells of the grid that was run last.
     *
     * @throws InputException if this is no run directory, or its list is damaged
     */
    public List<PlannedCell> cells() {
        Path file = root.resolve(CELLS);
        byte[] bytes = bytes(file)
                .orElseThrow(() -> new InputException(root + " is not a run directory: it has no " + CELLS
                        + "; name a folder that 'run' has written"));
        return CellCodec.readCells(file.toString(), bytes);
    }

    /** The results of all cells of {@link #cells} that have one that can be used, in that order. */
    public List<CellResult> results() {
        return cells().stream().flatMap(cell -> read(cell.id()).stream()).toList();
    }

    /**
     * What is there of a cell.
     *
     * @param id the cell
     * @param identity hash of what determines its weights, as recorded in {@link org.rankgrid.results.cell.Provenance}
     * @throws NewerSchemaException if the result was written by a newer rankgrid
     */
    public CellState state(String id, String identity) {
        CellState state = state(id);
        if (state instanceof CellState.Finished(CellResult result)
                && !result.provenance().identity().equals(identity)) {
            return new CellState.Unusable(resultFile(id) + " is of other weights than cell " + id + " of this grid");
        }
        return state;
    }

    /**
     * The result of a cell, whatever its identity; empty if it is not finished or its file is damaged.
     *
     * @throws NewerSchemaException if the result was written by a newer rankgrid
     */
    public Optional<CellResult> read(String id) {
        return state(id) instanceof CellState.Finished(CellResult result) ? Optional.of(result) : Optional.empty();
    }

    /**
     * The log of a cell's items; empty if it has none.
     *
     * @throws InputException if it is damaged
     */
    public List<Item> items(String id) {
        Path file = itemsFile(id);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return ItemLog.read(file.toString(), in);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw FileProblem.reading(file, e);
        }
    }

    /**
     * The items of some tasks in the log of a cell, each once.
     *
     * @param tasks leaf tasks among them
     * @throws InputException if the log is damaged
     */
    public List<Item> items(String id, Set<String> tasks) {
        return items(id).stream()
                .filter(item -> tasks.contains(item.task()))
                .distinct()
                .toList();
    }

    /**
     * The ranks of a cell by layer key, {@link RankPlan#DENSE} for a layer left as it is; empty if it
     * has none.
     *
     * @throws InputException if the file is damaged
     */
    public Optional<SequencedMap<String, Integer>> ranks(String id) {
        Path file = ranksFile(id);
        return bytes(file).map(bytes -> RanksFile.read(file.toString(), bytes));
    }

    /**
     * The plan of a cell; empty if it has none.
     *
     * @param layers the layers the plan is over, in order
     * @throws InputException if the file is damaged or is of other layers
     */
    public Optional<RankPlan> plan(String id, List<Layer> layers) {
        Path file = ranksFile(id);
        return bytes(file).map(bytes -> RanksFile.read(file.toString(), bytes, layers));
    }

    CellState state(String id) {
        Path file = resultFile(id);
        Optional<byte[]> bytes = bytes(file);
        if (bytes.isEmpty()) {
            return new CellState.Absent();
        }
        try {
            return new CellState.Finished(CellCodec.read(file.toString(), bytes.get()));
        } catch (NewerSchemaException e) {
            throw e;
        } catch (InputException e) {
            return new CellState.Unusable(String.valueOf(e.getMessage()));
        }
    }

    Path resultFile(String id) {
        return folder(id).resolve("result.json");
    }

    Path itemsFile(String id) {
        return folder(id).resolve("items.jsonl");
    }

    Path ranksFile(String id) {
        return folder(id).resolve("ranks.json");
    }

    /** The content of a file; empty if there is none. */
    static Optional<byte[]> bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw new InputException(file + " is larger than " + (LARGEST_FILE >> 20)
                        + " MiB, which no file of a run is: move it away");
            }
            return Optional.of(bytes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw FileProblem.reading(file, e);
        }
    }

    private Path folder(String id) {
        if (!PlannedCell.isId(id)) {
            throw new IllegalArgumentException("'" + id + "' cannot be the id of a cell");
        }
        return root.resolve("cells").resolve(id);
    }
}
