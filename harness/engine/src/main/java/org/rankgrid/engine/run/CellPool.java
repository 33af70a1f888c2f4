package org.rankgrid.engine.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.decompose.SideBySide;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Cost;
import org.rankgrid.results.cell.Outcome;
import org.rankgrid.results.cell.Provenance;
import org.rankgrid.results.store.RunDirectory;
import org.rankgrid.spi.InputException;

/**
 * Has the cells of a model computed by several processes, each of which takes the next cell as soon as it is done with one.
 * What cells share is there before, and this process alone writes the run directory. A process that dies costs the cell it
 * was at, and another one takes its place.
 */
final class CellPool {

    private final Jobs jobs;
    private final ModelStages stages;
    private final Recorder recorder;
    private final Queue<PendingCell> waiting = new ConcurrentLinkedQueue<>();
    private final List<String> scored = new ArrayList<>();

    /** Takes what has been computed; called by one thread at a time. */
    interface Recorder {

        /** Writes a cell. */
        void record(PendingCell work, CellComputer.Computed computed);
    }

    /**
     * A pool.
     *
     * @param scored ids of cells whose scores may be taken over
     */
    CellPool(Jobs jobs, ModelStages stages, List<String> scored, Recorder recorder) {
        this.jobs = jobs;
        this.stages = stages;
        this.recorder = recorder;
        this.scored.addAll(scored);
    }

    /**
     * Has some cells computed.
     *
     * @param folder for the processes, a sub-folder each
     * @param step receives what is done, in millions of operations
     */
    void run(List<PendingCell> cells, WorkerFolder folder, Progress.Step step) {
        waiting.addAll(cells);
        if (cells.isEmpty()) {
            return;
        }
        int processes = Math.min(jobs.count(), cells.size());
        SideBySide.run(
                processes,
                IntStream.range(0, processes)
                        .<Runnable>mapToObj(number -> () -> keepOneBusy(folder.of(number), step))
                        .toList());
    }

    private void keepOneBusy(Path folder, Progress.Step step) {
        CellProcess.Listener listener = new CellProcess.Listener() {
            @Override
            public void advanced(long megaFlops) {
                step.advance(megaFlops);
            }

            @Override
            public void spent(String stage, double seconds) {
                synchronized (CellPool.this) {
                    stages.seconds().merge(stage, seconds, Double::sum);
                }
            }
        };
        try {
            keepOneBusy(folder, listener);
        } catch (RuntimeException failure) {
            // The other processes end after the cell they are at.
            waiting.clear();
            throw failure;
        }
    }

    private void keepOneBusy(Path folder, CellProcess.Listener listener) {
        while (!waiting.isEmpty()) {
            RunDirectory scratch = new RunDirectory(folder);
            try (CellProcess process = CellProcess.start(jobs.command().apply(folder), scratch)) {
                int told = 0;
                for (PendingCell work = waiting.poll(); work != null; work = waiting.poll()) {
                    try {
                        told = tell(process, told);
                        record(work, process.compute(work, stages.tasks(), stages.layers(), listener));
                    } catch (CellProcess.EndedException ended) {
                        record(work, failed(work, ended));
                        break;
                    }
                }
            }
        }
    }

    /** Tells a process of the cells that have scores since it was told last. */
    private int tell(CellProcess process, int told) throws CellProcess.EndedException {
        List<String> news;
        synchronized (this) {
            news = List.copyOf(scored.subList(told, scored.size()));
        }
        for (String id : news) {
            process.scored(id);
        }
        return told + news.size();
    }

    private synchronized void record(PendingCell work, CellComputer.Computed computed) {
        recorder.record(work, computed);
        scored.add(work.cell().id());
    }

    private static CellComputer.Computed failed(PendingCell work, CellProcess.EndedException ended) {
        if (!ended.killed()) {
            throw new InputException("--jobs: cell " + work.cell().id() + ": " + ended.getMessage()
                    + ", for what it has said above: mend that and give the same command to go on");
        }
        CellResult result = new CellResult(
                CellComputer.spec(work.cell()),
                new Outcome.Failed(
                        "process",
                        ended.getMessage() + ": it was killed, perhaps for want of memory; give fewer --jobs"),
                Optional.empty(),
                List.of(),
                Cost.NONE,
                new Provenance(work.cell().identity(), new LinkedHashMap<>(), new LinkedHashMap<>()));
        return new CellComputer.Computed(result, Optional.empty(), Map.of(), Optional.of(ended));
    }
}
