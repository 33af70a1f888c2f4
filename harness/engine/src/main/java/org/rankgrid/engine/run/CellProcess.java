package org.rankgrid.engine.run;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.rankgrid.engine.run.WorkerTalk.Word;
import org.rankgrid.engine.score.PreparedTask;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Item;
import org.rankgrid.results.store.RunDirectory;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.rank.Layer;

/** A process that computes cells, as the run that started it sees it. Used by one thread. */
final class CellProcess implements AutoCloseable {

    private static final int SECONDS_TO_END = 5;

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter orders;
    private final RunDirectory scratch;

    private CellProcess(Process process, RunDirectory scratch) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        this.scratch = scratch;
    }

    /** Told what a process says while it computes. */
    interface Listener {

        /** So much more of the work is done. */
        void advanced(long megaFlops);

        /** So many seconds went into a stage that no single cell is charged for. */
        void spent(String stage, double seconds);
    }

    /** The process has ended before it had computed its cell. */
    static final class EndedException extends Exception {

        private static final long serialVersionUID = 1L;

        /** Exit codes from here on say which signal ended the process. */
        private static final int SIGNALS = 128;

        private final int exitCode;

        EndedException(int exitCode) {
            super("the process that computed it ended with exit code " + exitCode);
            this.exitCode = exitCode;
        }

        /** Whether it was ended from outside or by a crash, and did not end itself. */
        boolean killed() {
            return exitCode >= SIGNALS;
        }
    }

    /**
     * Starts a process and waits until it can be given cells.
     *
     * @param scratch the folder it writes into
     * @throws InputException if it cannot be started, or ends at once
     */
    static CellProcess start(List<String> command, RunDirectory scratch) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            CellProcess started = new CellProcess(process, scratch);
            if (started.next().map(WorkerTalk::word).filter(Word.READY::equals).isEmpty()) {
                throw new InputException("--jobs: a process for cells ended as soon as it was started, with exit code "
                        + started.end() + ": run without --jobs to see why");
            }
            return started;
        } catch (IOException failure) {
            throw new UncheckedIOException("--jobs: cannot start a process for cells", failure);
        }
    }

    /** Says that the result of a cell is in the run directory. */
    void scored(String id) throws EndedException {
        order(WorkerTalk.line(Word.SCORED, id));
    }

    /**
     * Has a cell computed.
     *
     * @param tasks all tasks of the grid, in order
     * @param layers of its plan
     * @throws EndedException if the process ends before the cell is there
     */
    CellComputer.Computed compute(PendingCell work, List<PreparedTask> tasks, List<Layer> layers, Listener listener)
            throws EndedException {
        String id = work.cell().id();
        StringBuilder order =
                new StringBuilder(WorkerTalk.line(Word.COMPUTE, id, work.ranks().isPresent()));
        work.tasks().forEach(task -> order.append('\t').append(tasks.indexOf(task)));
        order(order.toString());
        for (WorkerTalk said = next().orElse(null); ; said = next().orElse(null)) {
            if (said == null) {
                throw new EndedException(end());
            }
            switch (said.word()) {
                case ADVANCE -> listener.advanced(Long.parseLong(said.values().getFirst()));
                case SPENT ->
                    listener.spent(
                            said.values().getFirst(),
                            Double.parseDouble(said.values().getLast()));
                case DONE -> {
                    return computed(id, layers);
                }
                default -> throw new IllegalStateException("a worker said " + said);
            }
        }
    }

    /** Lets the process end, and ends it if it does not. */
    @Override
    public void close() {
        try {
            orders.close();
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private CellComputer.Computed computed(String id, List<Layer> layers) throws EndedException {
        CellResult result = scratch.read(id).orElseThrow(() -> new EndedException(0));
        Map<String, List<Item>> items = new LinkedHashMap<>();
        for (String task : result.provenance().tasks().keySet()) {
            items.put(task, scratch.items(id, result.withParts(task)));
        }
        return new CellComputer.Computed(result, scratch.plan(id, layers), items, Optional.empty());
    }

    /** What the process says next, whatever else it prints left out; empty if it has ended. */
    private Optional<WorkerTalk> next() {
        try {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                Optional<WorkerTalk> said = WorkerTalk.parse(line);
                if (said.isPresent()) {
                    return said;
                }
            }
        } catch (IOException gone) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private void order(String line) throws EndedException {
        try {
            orders.write(line);
            orders.newLine();
            orders.flush();
        } catch (IOException gone) {
            throw new EndedException(end());
        }
    }

    private int end() {
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
