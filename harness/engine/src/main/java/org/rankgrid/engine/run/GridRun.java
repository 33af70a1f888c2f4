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
import org.rankgrid.results.cell.PlannedCell;
import org.rankgrid.results.store.CellState;
import org.rankgrid.results.store.RunClaim;
import org.rankgrid.results.store.RunDirectory;

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
     * @param jobs how many processes compute cells side by side; changes no score
     */
    public record Settings(Batching batching, boolean fresh, boolean retryFailed, Jobs jobs) {

        /** One cell after the other, in this process. */
        public Settings(Batching batching, boolean fresh, boolean retryFailed) {
            this(batching, fresh, retryFailed, Jobs.ONE);
        }
    }

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
        long began = System.nanoTime();
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
            Outcome outcome = new Outcome(ordered, computed, ordered.size() - computed, failed, shared);
            if (computed > 0) {
                claim.log(facts(outcome, (System.nanoTime() - began) / 1e9));
            }
            return outcome;
        }
    }

    /** What a run took: with one job its seconds are those of its cells and of what they share, and what lies between. */
    private SequencedMap<String, Object> facts(Outcome outcome, double seconds) {
        SequencedMap<String, Object> facts = new LinkedHashMap<>();
        facts.put("computed", outcome.computed());
        facts.put("reused", outcome.reused());
        facts.put("failed", outcome.failed());
        facts.put("jobs", settings.jobs().count());
        facts.put("threads", machine.threads());
        facts.put("seconds", seconds);
        facts.put("shared", outcome.sharedSeconds());
        return facts;
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
            ScoredWeights scored = new ScoredWeights(stages, machine, claim.directory());
            List<PendingCell> all = cells.stream()
                    .map(cell -> pending(cell, stages, claim.directory()))
                    .toList();
            for (PendingCell work : all) {
                work.earlier().ifPresent(result -> {
                    scored.add(work.cell(), result, work.ranks());
                    results.put(work.cell().id(), result);
                });
            }
            List<PendingCell> pending = oneDecompositionAfterTheOther(
                    all.stream().filter(work -> !work.isFinished()).toList());
            Forecast forecast =
                    Forecast.of(stages, pending.stream().map(PendingCell::cell).toList(), settings.batching());
            try (Progress.Step step = progress.begin(grid.name(), forecast.megaFlops(), "MFLOP")) {
                CellComputer computer = new CellComputer(
                        stages, machine, settings.batching(), scored, forecast.metered(progress, step));
                CellPool.Recorder recorder = (work, computed) -> {
                    CellResult result = record(work, computed, claim, listener);
                    scored.add(work.cell(), result, computed.plan());
                    results.put(work.cell().id(), result);
                };
                List<String> scoredBefore = all.stream()
                        .filter(work -> work.earlier().isPresent())
                        .map(work -> work.cell().id())
                        .toList();
                if (settings.jobs().count() > 1 && pending.size() > 1) {
                    sideBySide(pending, stages, computer, claim.directory(), scoredBefore, recorder, step);
                } else {
                    pending.forEach(work -> recorder.record(work, computer.compute(work)));
                }
            }
            stages.seconds().forEach((stage, seconds) -> shared.merge(stage, seconds, Double::sum));
            return pending.size();
        }
    }

    /** What cells share is made here first; a cell that cannot have it fails here, and no process tries it again. */
    private void sideBySide(
            List<PendingCell> pending,
            ModelStages stages,
            CellComputer computer,
            RunDirectory directory,
            List<String> scored,
            CellPool.Recorder recorder,
            Progress.Step step) {
        CellPool pool = new CellPool(settings.jobs(), stages, scored, recorder);
        List<PendingCell> ready = new ArrayList<>();
        for (PendingCell work : pending) {
            if (computer.prepare(work.cell())) {
                ready.add(work);
            } else {
                recorder.record(work, computer.compute(work));
            }
        }
        try (WorkerFolder folder = WorkerFolder.in(directory)) {
            pool.run(ready, folder, step);
        }
    }

    /** In the order of the grid, but so that what a search has loaded of a decomposition serves all cells that are of it. */
    private static List<PendingCell> oneDecompositionAfterTheOther(List<PendingCell> pending) {
        SequencedMap<Object, List<PendingCell>> groups = new LinkedHashMap<>();
        for (PendingCell work : pending) {
            Object group = work.cell()
                    .compression()
                    .map(c -> List.of(c.calibration(), c.factorization().label()));
            groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(work);
        }
        return groups.values().stream().flatMap(List::stream).toList();
    }

    private static CellResult record(
            PendingCell work, CellComputer.Computed computed, RunClaim claim, Listener listener) {
        String id = work.cell().id();
        computed.plan().ifPresent(ranks -> claim.writeRanks(id, ranks));
        CellResult result = work.earlier()
                .map(earlier -> earlier.mergedWith(computed.result()))
                .orElse(computed.result());
        claim.write(id, result, computed.items());
        listener.computed(work.cell(), result, computed.failure());
        return result;
    }

    private PendingCell pending(Cell cell, ModelStages stages, RunDirectory directory) {
        List<PreparedTask> tasks = stages.tasks();
        if (settings.fresh()
                || !(directory.state(cell.id(), cell.identity()) instanceof CellState.Finished(CellResult there))) {
            return new PendingCell(cell, tasks, Optional.empty(), Optional.empty());
        }
        if (there.failed()) {
            return settings.retryFailed()
                    ? new PendingCell(cell, tasks, Optional.empty(), Optional.empty())
                    : new PendingCell(cell, List.of(), Optional.of(there), Optional.empty());
        }
        List<PreparedTask> missing = tasks.stream()
                .filter(task -> !there.hasTask(task.name(), CellComputer.fingerprint(task, machine)))
                .toList();
        return new PendingCell(cell, missing, Optional.of(there), PendingCell.ranks(cell, directory, stages.layers()));
    }
}
