package org.rankgrid.tasks.perplexity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;
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
 * Perplexity of pages as the task {@code wikitext} of lm-evaluation-harness has it (EVALUATION F.4): every token of a
 * detokenised page is predicted once, and the likelihood is shared out over the words and bytes of the page as it was. No
 * standard error, as that harness gives none.
 */
final class RollingTask implements Task {

    private final PerplexityDefinition definition;

    RollingTask(PerplexityDefinition definition) {
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
        TextSource source = PerplexityOptions.source(definition, options);
        return new Pages(WikitextPages.of(source.documents(library)), source.fingerprint(library), options);
    }

    private final class Pages implements Questions {

        private final List<String> pages;
        private final String data;
        private final Options options;

        Pages(List<String> pages, String data, Options options) {
            this.pages = pages;
            this.data = data;
            this.options = options;
        }

        @Override
        public List<Request> requests() {
            int window = PerplexityOptions.window(definition, options);
            Request.Bos bos = PerplexityOptions.bos(options);
            return pages.stream()
                    .<Request>map(
                            page -> new Request.Passage(Detokenizer.detokenize(page), Request.Cut.ROLLING, window, bos))
                    .toList();
        }

        @Override
        public String fingerprint() {
            return String.join(":", "rolling", version(), data);
        }

        @Override
        public List<Score> scores(List<Answer> answers, StreamFacts facts) {
            double loglikelihood = 0;
            long predicted = 0;
            PageSize size = new PageSize(0, 0);
            for (Answer answer : answers) {
                Answer.Window page = (Answer.Window) answer;
                if (!Double.isFinite(page.nll())) {
                    throw new IllegalArgumentException("page " + page.index() + " has an nll of " + page.nll());
                }
                loglikelihood -= page.nll() * page.tokens();
                predicted += page.tokens();
                size = size.plus(PageSize.of(pages.get(page.index())));
            }
            SequencedMap<String, Object> protocol = protocol(answers.size(), predicted, size, facts);
            List<Score> scores = new ArrayList<>();
            add(scores, "word_perplexity", Math.exp(-loglikelihood / size.words()), answers.size(), protocol);
            add(scores, "byte_perplexity", Math.exp(-loglikelihood / size.bytes()), answers.size(), protocol);
            add(scores, "bits_per_byte", -loglikelihood / size.bytes() / Math.log(2), answers.size(), protocol);
            return scores;
        }

        /** Beyond 709 nats a perplexity is no number any more; the bits per byte still say what happened. */
        private void add(
                List<Score> scores, String metric, double value, int n, SequencedMap<String, Object> protocol) {
            if (Double.isFinite(value)) {
                scores.add(new Score(id(), metric, value, OptionalDouble.empty(), n, protocol));
            }
        }

        private SequencedMap<String, Object> protocol(int count, long predicted, PageSize size, StreamFacts facts) {
            SequencedMap<String, Object> protocol = new LinkedHashMap<>();
            protocol.put("name", "rolling");
            int window = PerplexityOptions.window(definition, options);
            protocol.put("window", window == 0 ? "model" : (Object) (long) window);
            protocol.put("windows", (long) count);
            protocol.put("tokens", facts.tokens());
            protocol.put("predicted", predicted);
            protocol.put("words", size.words());
            protocol.put("bytes", size.bytes());
            protocol.put("bos", facts.bos());
            if (facts.limited()) {
                protocol.put("limited", true);
            }
            return protocol;
        }
    }
}
