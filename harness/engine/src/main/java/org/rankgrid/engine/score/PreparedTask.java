package org.rankgrid.engine.score;

import java.util.List;
import org.rankgrid.engine.cache.Identity;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.Score;
import org.rankgrid.spi.task.TextLibrary;
import org.rankgrid.spi.text.Tokenizer;

/** A task tokenised and cut for one model: done once, scored for every cell of that model. */
public final class PreparedTask {

    /** Raised whenever scoring makes different numbers from the same windows. */
    private static final int CODE_VERSION = 1;

    private final String name;
    private final TaskRun run;
    private final Windows windows;
    private final Identity identity;

    private PreparedTask(String name, TaskRun run, Windows windows, Identity identity) {
        this.name = name;
        this.run = run;
        this.windows = windows;
        this.identity = identity;
    }

    /**
     * Prepares tasks.
     *
     * @param maximumPositions the longest window the model takes
     * @throws InputException if data of a task are missing, too short for a window, or its windows too long for the model
     */
    public static List<PreparedTask> of(
            List<TaskRun> runs, TextLibrary texts, Tokenizer tokenizer, int maximumPositions) {
        return runs.stream()
                .map(run -> of(run.nameAmong(runs), run, texts, tokenizer, maximumPositions))
                .toList();
    }

    private static PreparedTask of(
            String name, TaskRun run, TextLibrary texts, Tokenizer tokenizer, int maximumPositions) {
        Windows windows =
                Windows.cut(run.task().id(), run.task().requests(texts, run.options()), tokenizer, run.limit());
        if (windows.longest() > maximumPositions) {
            throw new InputException("task " + run.task().id() + ": a window of " + windows.longest()
                    + " tokens is longer than the " + maximumPositions
                    + " positions of the model: choose a smaller window");
        }
        Identity identity = Identity.of("score", CODE_VERSION)
                .with("task", run.task().id())
                .with("version", run.task().version())
                .with("options", run.options())
                .with("data", run.task().fingerprint(texts, run.options()))
                .with("limit", run.limit().isPresent() ? run.limit().getAsInt() : "none")
                .with("tokenizer", tokenizer.fingerprint());
        return new PreparedTask(name, run, windows, identity);
    }

    /** The name of its scores. */
    public String name() {
        return name;
    }

    /** Its windows. */
    public Windows windows() {
        return windows;
    }

    /** A hash of everything that determines the scores besides the weights and the backend. */
    public String fingerprint() {
        return identity.hash();
    }

    /** The scores of answers to all its windows. */
    public List<Score> scores(List<Answer> answers) {
        return run.task().scores(answers, windows.facts(), run.options()).stream()
                .map(score ->
                        new Score(name, score.metric(), score.value(), score.stderr(), score.n(), score.protocol()))
                .toList();
    }
}
