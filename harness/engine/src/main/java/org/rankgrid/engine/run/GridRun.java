package org.rankgrid.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.grid.Cell;
import org.rankgrid.engine.grid.GridSpec;
import org.rankgrid.engine.score.Batching;
import org.rankgrid.engine.score.PreparedTask;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Item;
import org.rankgrid.results.cell.PlannedCell;
import org.rankgrid.results.store.CellState;
import org.rankgrid.results.store.RunClaim;
import org.rankgrid.results.store.RunDirectory;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/**
 * Runs a grid, or what is left of it: cells whose results are there are not computed again, each new result is on disk before
 * the next cell begins, and a cell that fails leaves the others alone.
 */
public final class GridRun {

    private final Installation installation;
    private final Machine machine;
    private final GridPlan plan;
    private final Settings settings;

    /**
     * How a grid is run.
     *
     * @param batching how sequences are put together in passes; how many, in calibration too
     * @param fresh computes all cells again
     * @param retryFailed computes failed cells again
     */
    public record Settings(Batching batching, boolean fresh, boolean retryFailed) {}

    /** Told what happens, beside the progress. */
    public interface Listener {

        /**
         * A cell has been computed.
         *
         * @param failure what ended it, if it failed
         */
        void computed(Cell cell, CellResult result, Optional<Throwable> failure);
    }

    /**
     * How a run ended.
     *
     * @param results of all cells, in the order of the grid
     * @param computed cells computed now
     * @param reused cells whose results were there
     * @param failed cells that have failed, now or before
     * @param sharedSeconds seconds spent on stages that cells share, by stage
     */
    public record Outcome(
            List<CellResult> results,
            int computed,
            int reused,
            int failed,
            SequencedMap<String, Double> sharedSeconds) {}

    /**
     * A run.
     *
     * @param plan the expanded grid
     */
    public GridRun(Installation installation, Machine machine, GridPlan plan, Settings settings) {
        this.installation = installation;
        this.machine = machine;
        this.plan = plan;
        this.settings = settings;
    }

    /**
     * Runs.
     *
     * @param grid the bytes of the grid file, kept beside the results
     * @throws org.rankgrid.spi.InputException if the grid's models or data cannot be used, or the folder not be written
     */
    public Outcome run(RunDirectory directory, byte[] grid, Progress progress, Listener listener) {
        try (RunClaim claim = directory.claim()) {
            claim.begin(
                    grid,
                    plan.cells().stream()
                            .map(cell -> new PlannedCell(cell.id(), CellComputer.spec(cell)))
                            .toList());
            SequencedMap<String, CellResult> results = new LinkedHashMap<>();
            SequencedMap<String, Double> shared = new LinkedHashMap<>();
            int computed = 0;
            for (String model : plan.grid().models()) {
                computed += runModel(model, claim, progress, listener, results, shared);
            }
            List<CellResult> ordered =
                    plan.cells().stream().map(cell -> results.get(cell.id())).toList();
            int failed = (int) ordered.stream().filter(CellResult::failed).count();
            return new Outcome(ordered, computed, ordered.size() - computed, failed, shared);
        }
    }

    private int runModel(
            String model,
            RunClaim claim,
            Progress progress,
            Listener listener,
            Map<String, CellResult> results,
            Map<String, Double> shared) {
        GridSpec grid = plan.grid();
        List<Cell> cells =
                plan.cells().stream().filter(cell -> cell.model().equals(model)).toList();
        try (ModelStages stages = ModelStages.open(installation, machine, model, grid.layers(), plan.taskRuns())) {
            CellComputer fingerprints = new CellComputer(stages, machine, settings.batching(), progress);
            List<Pending> pending = new ArrayList<>();
            for (Cell cell : cells) {
                Pending work = pending(cell, stages, claim.directory(), fingerprints);
                if (work.tasks.isEmpty()) {
                    work.earlier.ifPresent(result -> results.put(cell.id(), result));
                } else {
                    pending.add(work);
                }
            }
            Forecast forecast =
                    Forecast.of(stages, pending.stream().map(Pending::cell).toList(), settings.batching());
            try (Progress.Step step = progress.begin(grid.name(), forecast.megaFlops(), "MFLOP")) {
                Progress metered = forecast.metered(progress, step);
                CellComputer computer = new CellComputer(stages, machine, settings.batching(), metered);
                for (Pending work : pending) {
                    CellResult result = compute(work, computer, claim, listener);
                    results.put(work.cell.id(), result);
                }
            }
            stages.seconds().forEach((stage, seconds) -> shared.merge(stage, seconds, Double::sum));
            return pending.size();
        }
    }

    private CellResult compute(Pending work, CellComputer computer, RunClaim claim, Listener listener) {
        CellComputer.Computed computed = computer.compute(work.cell, work.tasks, work.ranks);
        computed.plan().ifPresent((RankPlan ranks) -> claim.writeRanks(work.cell.id(), ranks));
        CellResult result = work.earlier
                .map(earlier -> earlier.mergedWith(computed.result()))
                .orElse(computed.result());
        Map<String, List<Item>> items = computed.items();
        claim.write(work.cell.id(), result, items);
        listener.computed(work.cell, result, computed.failure());
        return result;
    }

    private Pending pending(Cell cell, ModelStages stages, RunDirectory directory, CellComputer fingerprints) {
        List<PreparedTask> tasks = stages.tasks();
        if (settings.fresh()
                || !(directory.state(cell.id(), cell.identity()) instanceof CellState.Finished(CellResult there))) {
            return new Pending(cell, tasks, Optional.empty(), Optional.empty());
        }
        if (there.failed()) {
            return settings.retryFailed()
                    ? new Pending(cell, tasks, Optional.empty(), Optional.empty())
                    : new Pending(cell, List.of(), Optional.of(there), Optional.empty());
        }
        List<PreparedTask> missing = tasks.stream()
                .filter(task -> !there.hasTask(task.name(), fingerprints.fingerprint(task)))
                .toList();
        return new Pending(cell, missing, Optional.of(there), ranks(cell, directory, stages.layers()));
    }

    /** The plan of a finished cell, which decides its weights; empty if there is none that fits. */
    private static Optional<RankPlan> ranks(Cell cell, RunDirectory directory, List<Layer> layers) {
        try {
            return cell.isDense() ? Optional.empty() : directory.plan(cell.id(), layers);
        } catch (InputException damaged) {
            return Optional.empty();
        }
    }

    /**
     * What is left to do of a cell.
     *
     * @param tasks the tasks to score; none if its result is complete
     * @param earlier the result that is there
     * @param ranks the plan that is there
     */
    private record Pending(
            Cell cell, List<PreparedTask> tasks, Optional<CellResult> earlier, Optional<RankPlan> ranks) {}
}
