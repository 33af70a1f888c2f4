package org.rankgrid.tasks.perplexity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.DataLibrary;
import org.rankgrid.spi.task.Questions;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.Score;
import org.rankgrid.spi.task.StreamFacts;
import org.rankgrid.spi.task.Task;

/**
 * Perplexity of a corpus (EVALUATION F.1). Under {@code concat} the corpus is one passage, its rows joined as the corpus
 * prescribes (two line feeds for WikiText-2); under {@code documents} every document is a passage of its own; under {@code
 * excerpts} windows are drawn from the documents.
 */
final class PerplexityTask implements Task {

    private final PerplexityDefinition definition;

    PerplexityTask(PerplexityDefinition definition) {
        this.definition = definition;
    }

    @Override
    public String id() {
        return definition.id();
    }

    @Override
    public String summary() {
        return definition.description();
    }

    @Override
    public String version() {
        return definition.version();
    }

    @Override
    public List<OptionSpec> options() {
        return PerplexityOptions.of(definition);
    }

    @Override
    public Questions questions(DataLibrary library, Options options) {
        return new Questions() {
            @Override
            public List<Request> requests() {
                return PerplexityTask.this.requests(library, options);
            }

            @Override
            public String fingerprint() {
                return String.join(
                        ":",
                        "perplexity",
                        version(),
                        definition.protocol().word(),
                        source(options).fingerprint(library));
            }

            @Override
            public List<Score> scores(List<Answer> answers, StreamFacts facts) {
                return PerplexityTask.this.scores(answers, facts, options);
            }
        };
    }

    private List<Request> requests(DataLibrary library, Options options) {
        TextSource source = source(options);
        int window = window(options);
        Request.Bos bos = PerplexityOptions.bos(options);
        int most = definition.windows().orElse(Integer.MAX_VALUE);
        return switch (definition.protocol()) {
            case CONCAT -> List.of(new Request.Passage(source.joined(library), Request.Cut.CONCAT, window, most, bos));
            case DOCUMENTS ->
                source.documents(library).stream()
                        .<Request>map(text -> new Request.Passage(text, Request.Cut.DOCUMENT, window, bos))
                        .toList();
            case EXCERPTS -> List.of(new Request.Excerpts(source.documents(library), most, window, bos));
            case WIKITEXT_PAGES -> throw new IllegalStateException("pages are not a task of this kind");
        };
    }

    private List<Score> scores(List<Answer> answers, StreamFacts facts, Options options) {
        WindowStatistics windows = WindowStatistics.of(
                answers.stream().map(Answer.Window.class::cast).toList());
        if (windows.count() == 0) {
            throw new InputException("Task " + id() + " has nothing to predict: the " + facts.tokens()
                    + " tokens of " + source(options).describe() + " give no window of " + window(options)
                    + ", choose a smaller window or a longer corpus");
        }
        SequencedMap<String, Object> protocol = protocol(windows, facts, options);
        List<Score> scores = new ArrayList<>();
        // Beyond 709 nats the perplexity is no number any more; the nll still says what happened.
        if (Double.isFinite(windows.perplexity())) {
            scores.add(
                    new Score(id(), "ppl", windows.perplexity(), windows.perplexityError(), windows.count(), protocol));
        }
        scores.add(new Score(id(), "nll", windows.nll(), windows.nllError(), windows.count(), protocol));
        return scores;
    }

    private SequencedMap<String, Object> protocol(WindowStatistics windows, StreamFacts facts, Options options) {
        SequencedMap<String, Object> protocol = new LinkedHashMap<>();
        protocol.put("name", definition.protocol().word());
        protocol.put("window", (long) window(options));
        protocol.put("windows", (long) windows.count());
        protocol.put("tokens", facts.tokens());
        protocol.put("predicted", windows.predicted());
        protocol.put("bos", facts.bos());
        if (facts.limited()) {
            protocol.put("limited", true);
        }
        if (!definition.verified()) {
            protocol.put("unverified", true);
        }
        return protocol;
    }

    private TextSource source(Options options) {
        return PerplexityOptions.source(definition, options);
    }

    private int window(Options options) {
        return PerplexityOptions.window(definition, options);
    }
}
