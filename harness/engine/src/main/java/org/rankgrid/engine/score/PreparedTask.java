package org.rankgrid.engine.score;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rankgrid.engine.cache.Identity;
import org.rankgrid.results.cell.Item;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.DataLibrary;
import org.rankgrid.spi.task.Questions;
import org.rankgrid.spi.task.Score;
import org.rankgrid.spi.task.Verdict;
import org.rankgrid.spi.text.Tokenizer;

/**
 * A task tokenised and cut for one model: done once, when it is first asked for, and scored for every cell of that model. Who
 * only wants to know whether its scores are there already need not wait for it.
 */
public final class PreparedTask {

    /** Raised whenever scoring makes different numbers from the same windows. */
    private static final int CODE_VERSION = 2;

    private final String id;
    private final String name;
    private final Questions questions;
    private final Supplier<TokenRequests> tokenisation;
    private final Identity identity;
    private @Nullable TokenRequests requests;

    private PreparedTask(
            String id, String name, Questions questions, Supplier<TokenRequests> tokenisation, Identity identity) {
        this.id = id;
        this.name = name;
        this.questions = questions;
        this.tokenisation = tokenisation;
        this.identity = identity;
    }

    /**
     * Prepares tasks.
     *
     * @param positions how many tokens the model takes at once
     * @throws InputException if data of a task are missing or damaged
     */
    public static List<PreparedTask> of(List<TaskRun> runs, DataLibrary texts, Tokenizer tokenizer, int positions) {
        return runs.stream()
                .map(run -> of(run.nameAmong(runs), run, texts, tokenizer, positions))
                .toList();
    }

    private static PreparedTask of(String name, TaskRun run, DataLibrary texts, Tokenizer tokenizer, int positions) {
        Questions questions = run.task().questions(texts, run.options());
        Identity identity = Identity.of("score", CODE_VERSION)
                .with("task", run.task().id())
                .with("version", run.task().version())
                .with("options", run.options())
                .with("data", questions.fingerprint())
                .with("limit", run.limit().isPresent() ? run.limit().getAsInt() : "none")
                .with("tokenizer", tokenizer.fingerprint());
        return new PreparedTask(
                run.task().id(),
                name,
                questions,
                () -> TokenRequests.of(run.task().id(), questions.requests(), tokenizer, positions, run.limit()),
                identity);
    }

    /** The name of its scores. */
    public String name() {
        return name;
    }

    /**
     * What it asks.
     *
     * @throws InputException if its data are too short for a window, or too long for the model
     */
    public synchronized TokenRequests requests() {
        TokenRequests tokenised = requests;
        if (tokenised == null) {
            tokenised = tokenisation.get();
            requests = tokenised;
        }
        return tokenised;
    }

    /** A hash of everything that determines the scores besides the weights and the backend. */
    public String fingerprint() {
        return identity.hash();
    }

    /** The log of some answers. */
    public List<Item> items(List<Answer> answers) {
        return answers.stream().map(this::item).toList();
    }

    private Item item(Answer answer) {
        return switch (answer) {
            case Answer.Window(int index, int tokens, double nll) -> new Item.Window(name, index, tokens, nll);
            case Answer.Choices choices -> {
                Verdict verdict = questions.verdict(choices);
                yield new Item.Choice(
                        nameOf(choices.task()),
                        choices.index(),
                        choices.likelihoods().stream()
                                .map(Answer.Likelihood::sum)
                                .toList(),
                        verdict.gold(),
                        verdict.metrics());
            }
        };
    }

    /** The scores of answers to all it asks: its own under its name, those of its parts under theirs. */
    public List<Score> scores(List<Answer> answers) {
        return questions.scores(answers, requests().facts()).stream()
                .map(score -> new Score(
                        nameOf(score.task()),
                        score.metric(),
                        score.value(),
                        score.stderr(),
                        score.n(),
                        score.protocol()))
                .toList();
    }

    /** A part is told from the same part in another run of the task as that run is told from it. */
    private String nameOf(String part) {
        if (part.equals(id)) {
            return name;
        }
        if (name.equals(id)) {
            return part;
        }
        return part + (name.startsWith(id) ? name.substring(id.length()) : " (" + name + ")");
    }
}
