package org.rankgrid.engine.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.grid.Cell;
import org.rankgrid.engine.run.WorkerTalk.Word;
import org.rankgrid.engine.score.Batching;
import org.rankgrid.engine.score.PreparedTask;
import org.rankgrid.results.store.CellState;
import org.rankgrid.results.store.RunClaim;
import org.rankgrid.results.store.RunDirectory;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.rank.RankPlan;

/**
 * Computes cells that another process asks for, one after the other, into a folder of its own. It reads the run directory but
 * never writes it.
 */
public final class CellWorker {

    private static final long REPORT_NANOS = 100_000_000;
    private static final String END = "";

    private final Installation installation;
    private final Machine machine;
    private final Batching batching;
    private final RunDirectory results;
    private final GridPlan plan;
    private final Map<String, Cell> cells;
    private final Consumer<Throwable> failures;
    private @Nullable OpenModel open;

    /**
     * A worker.
     *
     * @param results the run directory
     * @param failures told what ended a cell
     */
    public CellWorker(
            Installation installation,
            Machine machine,
            GridPlan plan,
            Batching batching,
            RunDirectory results,
            Consumer<Throwable> failures) {
        this.installation = installation;
        this.machine = machine;
        this.batching = batching;
        this.results = results;
        this.plan = plan;
        this.cells = plan.cells().stream().collect(Collectors.toMap(Cell::id, Function.identity()));
        this.failures = failures;
    }

    /** The model that the last cell was of, with what its cells share. */
    private record OpenModel(
            String model, ModelStages stages, ScoredWeights scored, CellComputer computer, Report report) {}

    /**
     * Does what it is told until there is nothing more to be told.
     *
     * @param orders what the run says
     * @param answers where the answers go
     * @param scratch the folder that takes the cells
     * @param abandoned called when the orders end in the middle of a cell: the run is gone
     */
    public void run(BufferedReader orders, PrintStream answers, RunDirectory scratch, Runnable abandoned) {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread.ofPlatform().daemon().name("orders").start(() -> {
            read(orders, lines);
            abandoned.run();
        });
        try (RunClaim claim = scratch.claim()) {
            say(answers, WorkerTalk.line(Word.READY));
            for (String line = lines.take(); !line.equals(END); line = lines.take()) {
                Optional<WorkerTalk> talk = WorkerTalk.parse(line);
                if (talk.isPresent()) {
                    obey(talk.get(), answers, claim);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private static void read(BufferedReader orders, BlockingQueue<String> lines) {
        try {
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                lines.add(line);
            }
        } catch (IOException gone) {
            // The same as an end: whoever gave orders is gone.
        }
        lines.add(END);
    }

    private void obey(WorkerTalk talk, PrintStream answers, RunClaim claim) {
        List<String> values = talk.values();
        Cell cell = cells.get(values.getFirst());
        if (cell == null) {
            throw new InputException("cell " + values.getFirst() + " is none of this grid: did the grid file change?");
        }
        OpenModel model = open(cell.model(), answers);
        switch (talk.word()) {
            case SCORED -> {
                if (results.state(cell.id(), cell.identity()) instanceof CellState.Finished(var result)) {
                    model.scored.add(cell, result, PendingCell.ranks(cell, results, model.stages.layers()));
                }
            }
            case COMPUTE -> {
                Optional<RankPlan> known = Boolean.parseBoolean(values.get(1))
                        ? PendingCell.ranks(cell, results, model.stages.layers())
                        : Optional.empty();
                List<PreparedTask> tasks = values.subList(2, values.size()).stream()
                        .map(number -> model.stages.tasks().get(Integer.parseInt(number)))
                        .toList();
                compute(cell, tasks, known, model, claim);
                say(answers, WorkerTalk.line(Word.DONE));
            }
            default -> throw new IllegalArgumentException(talk + " is said by workers");
        }
    }

    private void compute(
            Cell cell, List<PreparedTask> tasks, Optional<RankPlan> known, OpenModel model, RunClaim claim) {
        Map<String, Double> before = new HashMap<>(model.stages.seconds());
        CellComputer.Computed computed = model.computer.compute(cell, tasks, known);
        computed.failure().ifPresent(failures);
        computed.plan().ifPresent(ranks -> claim.writeRanks(cell.id(), ranks));
        claim.write(cell.id(), computed.result(), computed.items());
        model.report.flush();
        model.stages.seconds().forEach((stage, seconds) -> {
            double more = seconds - before.getOrDefault(stage, 0.0);
            if (more > 0) {
                model.report.say(WorkerTalk.line(Word.SPENT, stage, more));
            }
        });
    }

    private OpenModel open(String model, PrintStream answers) {
        OpenModel there = open;
        if (there != null && there.model.equals(model)) {
            return there;
        }
        close();
        ModelStages stages =
                ModelStages.open(installation, machine, model, plan.grid().layers(), plan.taskRuns());
        Report report = new Report(answers);
        Progress metered = Forecast.of(
                        stages,
                        plan.cells().stream()
                                .filter(cell -> cell.model().equals(model))
                                .toList(),
                        batching)
                .metered(Progress.NONE, report);
        ScoredWeights scored = new ScoredWeights(stages, machine, results);
        OpenModel made = new OpenModel(
                model, stages, scored, new CellComputer(stages, machine, batching, scored, metered), report);
        open = made;
        return made;
    }

    private void close() {
        OpenModel there = open;
        open = null;
        if (there != null) {
            there.stages.close();
        }
    }

    private static void say(PrintStream answers, String line) {
        answers.println(line);
        answers.flush();
    }

    /** Tells the run how far the work is, now and then. */
    private static final class Report implements Progress.Step {

        private final PrintStream answers;
        private long owed;
        private long last;

        Report(PrintStream answers) {
            this.answers = answers;
        }

        @Override
        public synchronized void advance(long units) {
            owed += units;
            if (System.nanoTime() - last > REPORT_NANOS) {
                flush();
            }
        }

        @Override
        public void close() {
            flush();
        }

        synchronized void flush() {
            last = System.nanoTime();
            if (owed > 0) {
                say(WorkerTalk.line(Word.ADVANCE, owed));
                owed = 0;
            }
        }

        synchronized void say(String line) {
            CellWorker.say(answers, line);
        }
    }
}
