package org.rankgrid.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.grid.LayerFilter;
import org.rankgrid.engine.score.NonFiniteException;
import org.rankgrid.engine.score.PreparedTask;
import org.rankgrid.engine.score.Scorer;
import org.rankgrid.engine.score.TaskRun;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.Score;

/** Scores one model as it is. */
public final class Evaluation {

    private final Installation installation;
    private final Machine machine;
    private final OptionalInt batch;

    /**
     * An evaluation.
     *
     * @param batch windows in one pass; empty for about 2048 tokens
     */
    public Evaluation(Installation installation, Machine machine, OptionalInt batch) {
        this.installation = installation;
        this.machine = machine;
        this.batch = batch;
    }

    /**
     * What came out.
     *
     * @param scores of all tasks
     * @param answers by task
     * @param tokens that went through the model
     * @param seconds of scoring alone
     */
    public record Result(List<Score> scores, SequencedMap<String, List<Answer>> answers, long tokens, double seconds) {}

    /**
     * Scores a model on some tasks.
     *
     * @throws InputException if the model or a task's data cannot be used, or the model's numbers overflow
     */
    public Result run(String model, List<TaskRun> tasks, Progress progress) {
        List<Score> scores = new ArrayList<>();
        SequencedMap<String, List<Answer>> answers = new LinkedHashMap<>();
        long tokens = 0;
        long nanos = 0;
        try (ModelStages stages = ModelStages.open(installation, machine, model, LayerFilter.NONE, tasks);
                Decoder decoder = Decoder.load(stages.checkpoint(), machine.backend())) {
            for (PreparedTask task : stages.tasks()) {
                long began = System.nanoTime();
                List<Answer> answered =
                        new Scorer(machine.backend(), batch).score(decoder, task.windows(), progress, task.name());
                nanos += System.nanoTime() - began;
                tokens += task.windows().tokens();
                scores.addAll(task.scores(answered));
                answers.put(task.name(), answered);
            }
        } catch (NonFiniteException overflow) {
            throw new InputException(
                    "model " + model + ": " + overflow.getMessage() + ", or its weights are damaged", overflow);
        }
        return new Result(scores, answers, tokens, nanos / 1e9);
    }
}
