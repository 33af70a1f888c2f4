package org.rankgrid.engine.run;

import java.util.ArrayList;
import java.util.List;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.grid.LayerFilter;
import org.rankgrid.engine.score.Batching;
import org.rankgrid.engine.score.NonFiniteException;
import org.rankgrid.engine.score.PreparedTask;
import org.rankgrid.engine.score.Scorer;
import org.rankgrid.engine.score.TaskRun;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.results.cell.Item;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.Score;

/** Scores one model as it is. */
public final class Evaluation {

    private static final String TOKENS = "tokens";

    private final Installation installation;
    private final Machine machine;
    private final Batching batching;

    /**
     * An evaluation.
     *
     * @param batching how sequences are put together in passes
     */
    public Evaluation(Installation installation, Machine machine, Batching batching) {
        this.installation = installation;
        this.machine = machine;
        this.batching = batching;
    }

    /**
     * What came out.
     *
     * @param scores of all tasks
     * @param items of all tasks
     * @param tokens that went through the model
     * @param seconds of scoring alone
     * @param warnings what a person should know of the texts, one sentence each
     */
    public record Result(List<Score> scores, List<Item> items, long tokens, double seconds, List<String> warnings) {}

    /**
     * Scores a model on some tasks.
     *
     * @throws InputException if the model or a task's data cannot be used, or the model's numbers overflow
     */
    public Result run(String model, List<TaskRun> tasks, Progress progress) {
        List<Score> scores = new ArrayList<>();
        List<Item> items = new ArrayList<>();
        long nanos = 0;
        try (ModelStages stages = ModelStages.open(installation, machine, model, LayerFilter.NONE, tasks);
                Decoder decoder = Decoder.load(stages.checkpoint(), machine.backend())) {
            long tokens = stages.tasks().stream()
                    .mapToLong(task -> batching.tokens(task.requests()))
                    .sum();
            try (Progress.Step all = progress.begin(model, tokens, TOKENS)) {
                Progress metered = (title, total, unit) -> new MeteredStep(progress.begin(title, total, unit), all, 1);
                for (PreparedTask task : stages.tasks()) {
                    long began = System.nanoTime();
                    List<Answer> answered = new Scorer(machine.backend(), batching)
                            .score(decoder, task.requests(), metered, task.name());
                    nanos += System.nanoTime() - began;
                    scores.addAll(task.scores(answered));
                    items.addAll(task.items(answered));
                }
            }
            List<String> warnings = stages.tasks().stream()
                    .flatMap(task -> task.requests().truncation().stream())
                    .toList();
            return new Result(scores, items, tokens, nanos / 1e9, warnings);
        } catch (NonFiniteException overflow) {
            throw new InputException(
                    "model " + model + ": " + overflow.getMessage() + ", or its weights are damaged", overflow);
        }
    }
}
