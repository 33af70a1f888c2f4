package org.rankgrid.tasks.choice;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.Answer.Likelihood;
import org.rankgrid.spi.task.DataLibrary;
import org.rankgrid.spi.task.Questions;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.Score;
import org.rankgrid.spi.task.StreamFacts;
import org.rankgrid.spi.task.Verdict;
import org.rankgrid.tasks.python.PythonText;

/** A choice task with its data: one request an item, judged as EVALUATION F.2.1 says. */
final class ChoiceQuestions implements Questions {

    /** Digits of a fingerprint that a protocol shows. */
    static final int SHOWN_DIGITS = 8;

    private final ChoiceDefinition definition;
    private final ChoiceOptions options;
    private final String data;
    private final String examples;
    private final List<ChoiceItem> items;

    private ChoiceQuestions(
            ChoiceDefinition definition, ChoiceOptions options, String data, String examples, List<ChoiceItem> items) {
        this.definition = definition;
        this.options = options;
        this.data = data;
        this.examples = examples;
        this.items = items;
    }

    /**
     * The questions of a task.
     *
     * @throws org.rankgrid.spi.InputException if its data are missing, or a row does not fit, with file and line
     */
    static ChoiceQuestions of(ChoiceDefinition definition, DataLibrary library, ChoiceOptions options) {
        Rows rows = Rows.read(definition, library, definition.data().split());
        List<ChoiceItem> items = ItemReader.items(definition, rows, options.shots(), library);
        String examples = definition
                .shots()
                .split()
                .filter(_ -> options.shots() > 0)
                .map(split -> library.dataSet(definition.data().source(split)).fingerprint())
                .orElse("none");
        return new ChoiceQuestions(definition, options, rows.fingerprint(), examples, items);
    }

    @Override
    public List<Request> requests() {
        return IntStream.range(0, items.size()).mapToObj(this::request).toList();
    }

    private Request request(int index) {
        ChoiceItem item = items.get(index);
        return new Request.Choices(definition.id(), index, item.origin(), item.continuations(), options.bos());
    }

    @Override
    public String fingerprint() {
        return String.join(":", "choices", definition.fingerprint(), data, examples);
    }

    @Override
    public Verdict verdict(Answer.Choices answer) {
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        for (Metric metric : definition.metrics()) {
            if (metric.isMean()) {
                metrics.put(metric.word(), value(metric, answer));
            }
        }
        return new Verdict(item(answer).gold(), metrics);
    }

    private double value(Metric metric, Answer.Choices answer) {
        return right(metric, item(answer), answer.likelihoods()) ? 1 : 0;
    }

    private ChoiceItem item(Answer.Choices answer) {
        if (!answer.task().equals(definition.id()) || answer.index() < 0 || answer.index() >= items.size()) {
            throw new IllegalArgumentException("there is no item " + answer.index() + " of " + answer.task());
        }
        ChoiceItem item = items.get(answer.index());
        if (answer.likelihoods().size() != item.continuations().size()) {
            throw new IllegalArgumentException("item " + answer.index() + " of " + answer.task() + " has "
                    + item.continuations().size() + " continuations, not "
                    + answer.likelihoods().size());
        }
        for (Likelihood likelihood : answer.likelihoods()) {
            if (!Double.isFinite(likelihood.sum())) {
                throw new IllegalArgumentException("item " + answer.index() + " of " + answer.task()
                        + " has a log-likelihood of " + likelihood.sum());
            }
        }
        return item;
    }

    private static boolean right(Metric metric, ChoiceItem item, List<Likelihood> likelihoods) {
        if (item.choices().isEmpty()) {
            return likelihoods.getFirst().greedy();
        }
        return best(likelihoods, index -> switch (metric) {
                    case ACC -> 1;
                    case ACC_NORM -> PythonText.length(item.choices().get(index));
                    case ACC_BYTES -> bytes(item.choices().get(index));
                    case PERPLEXITY -> throw new IllegalStateException("choices have no perplexity");
                })
                == item.gold();
    }

    String id() {
        return definition.id();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The first of the largest likelihoods per unit of length. */
    private static int best(List<Likelihood> likelihoods, IntUnaryOperator length) {
        int best = 0;
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < likelihoods.size(); i++) {
            double value = likelihoods.get(i).sum() / length.applyAsInt(i);
            if (value > largest) {
                best = i;
                largest = value;
            }
        }
        return best;
    }

    /**
     * Mean metrics with the standard error of the mean. The perplexity's standard error is to first order, the perplexity
     * times that of the mean log-likelihood, where lm-evaluation-harness draws bootstrap samples.
     */
    @Override
    public List<Score> scores(List<Answer> answers, StreamFacts facts) {
        List<Answer.Choices> answered =
                answers.stream().map(Answer.Choices.class::cast).toList();
        if (answered.isEmpty()) {
            return List.of();
        }
        SequencedMap<String, Object> protocol = protocol(answered.size(), facts);
        List<Score> scores = new ArrayList<>();
        for (Metric metric : definition.metrics()) {
            if (metric.isMean()) {
                Mean mean = Mean.of(
                        answered.stream().map(answer -> value(metric, answer)).toList());
                scores.add(score(metric, mean.value(), mean.error(), answered.size(), protocol));
            } else {
                Mean mean = Mean.of(answered.stream()
                        .peek(this::item)
                        .map(answer -> answer.likelihoods().getFirst().sum())
                        .toList());
                double perplexity = Math.exp(-mean.value());
                // Beyond 709 nats the perplexity is no number any more; the accuracy still says what happened.
                if (Double.isFinite(perplexity)) {
                    OptionalDouble error = mean.error().stream()
                            .map(it -> it * perplexity)
                            .filter(Double::isFinite)
                            .findFirst();
                    scores.add(score(metric, perplexity, error, answered.size(), protocol));
                }
            }
        }
        return scores;
    }

    private Score score(
            Metric metric, double value, OptionalDouble error, int n, SequencedMap<String, Object> protocol) {
        return new Score(definition.id(), metric.word(), value, error, n, protocol);
    }

    private SequencedMap<String, Object> protocol(int n, StreamFacts facts) {
        SequencedMap<String, Object> protocol = new LinkedHashMap<>();
        protocol.put("name", "choices");
        protocol.put("shots", (long) options.shots());
        protocol.put("bos", facts.bos());
        protocol.put("version", definition.version());
        protocol.put("dataset", definition.data().words());
        protocol.put("data", data.substring(0, Math.min(SHOWN_DIGITS, data.length())));
        protocol.put("items", (long) items.size());
        if (n < items.size()) {
            protocol.put("limited", true);
        }
        if (facts.truncated() > 0) {
            protocol.put("truncated", (long) facts.truncated());
        }
        if (definition.unverified()) {
            protocol.put("unverified", true);
        }
        return protocol;
    }
}
