package org.rankgrid.tasks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.OptionType;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.Score;
import org.rankgrid.spi.task.StreamFacts;
import org.rankgrid.spi.task.Task;
import org.rankgrid.spi.task.TextLibrary;

/**
 * Perplexity of a corpus (EVALUATION F.1). Under {@code concat} the corpus is one passage, its rows joined as the corpus
 * prescribes (two line feeds for WikiText-2); under {@code documents} every document is a passage of its own.
 */
final class PerplexityTask implements Task {

    private static final String WINDOW = "window";
    private static final String CORPUS = "corpus";

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
        List<OptionSpec> specs = new ArrayList<>();
        if (definition.corpus().isEmpty()) {
            specs.add(new OptionSpec(
                    CORPUS, new OptionType.Text(), Optional.empty(), "The corpus: a name that is known, or a path."));
        }
        specs.add(OptionSpec.whole(
                WINDOW,
                PerplexityDefinition.SMALLEST_WINDOW,
                PerplexityDefinition.LARGEST_WINDOW,
                definition.window(),
                "Tokens of a window; perplexities of different windows cannot be compared."));
        return specs;
    }

    @Override
    public List<Request> requests(TextLibrary texts, Options options) {
        String corpus = corpus(options);
        int window = window(options);
        return switch (definition.protocol()) {
            case CONCAT -> List.of(new Request.Passage(texts.joined(corpus), Request.Cut.CONCAT, window));
            case DOCUMENT ->
                texts.documents(corpus).stream()
                        .<Request>map(text -> new Request.Passage(text, Request.Cut.DOCUMENT, window))
                        .toList();
        };
    }

    @Override
    public String fingerprint(TextLibrary texts, Options options) {
        return String.join(":", "perplexity", version(), protocolName(), texts.fingerprint(corpus(options)));
    }

    @Override
    public List<Score> scores(List<Answer> answers, StreamFacts facts, Options options) {
        WindowStatistics windows = WindowStatistics.of(answers.stream()
                .map(answer -> switch (answer) {
                    case Answer.Window window -> window;
                })
                .toList());
        if (windows.count() == 0) {
            throw new InputException("Task " + id() + " has nothing to predict: the " + facts.tokens()
                    + " tokens of corpus '" + corpus(options) + "' give no window of " + window(options)
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
        protocol.put("name", protocolName());
        protocol.put("window", (long) window(options));
        protocol.put("windows", (long) windows.count());
        protocol.put("tokens", facts.tokens());
        protocol.put("predicted", windows.predicted());
        protocol.put("bos", facts.bos());
        if (facts.limited()) {
            protocol.put("limited", true);
        }
        return protocol;
    }

    private String protocolName() {
        return switch (definition.protocol()) {
            case CONCAT -> "concat";
            case DOCUMENT -> "documents";
        };
    }

    private String corpus(Options options) {
        return definition.corpus().orElseGet(() -> options.text(CORPUS));
    }

    private static int window(Options options) {
        return Math.toIntExact(options.whole(WINDOW));
    }
}
