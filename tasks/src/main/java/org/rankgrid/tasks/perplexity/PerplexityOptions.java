package org.rankgrid.tasks.perplexity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.OptionType;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.Request;

/** The options of perplexity tasks, and what a person's values of them mean. */
final class PerplexityOptions {

    private static final String WINDOW = "window";
    private static final String MAX_LENGTH = "max-length";
    private static final String CORPUS = "corpus";
    private static final String BOS = "bos";

    private PerplexityOptions() {}

    /** The declaration. */
    static List<OptionSpec> of(PerplexityDefinition definition) {
        return of(definition.source().isEmpty(), rolling(definition), definition.window());
    }

    /**
     * The declaration.
     *
     * @param anyCorpus whether the corpus is an option
     * @param rolling whether every token is predicted once
     * @param window the default number of tokens of a window
     */
    static List<OptionSpec> of(boolean anyCorpus, boolean rolling, int window) {
        List<OptionSpec> specs = new ArrayList<>();
        if (anyCorpus) {
            specs.add(new OptionSpec(
                    CORPUS, new OptionType.Text(), Optional.empty(), "The corpus: a name that is known, or a path."));
        }
        specs.add(
                rolling
                        ? OptionSpec.whole(
                                MAX_LENGTH,
                                0,
                                PerplexityDefinition.LARGEST_WINDOW,
                                window,
                                "Most tokens that are predicted in one window; 0 for as many as the model takes.")
                        : OptionSpec.whole(
                                WINDOW,
                                PerplexityDefinition.SMALLEST_WINDOW,
                                PerplexityDefinition.LARGEST_WINDOW,
                                window,
                                "Tokens of a window; perplexities of different windows cannot be compared."));
        specs.add(OptionSpec.choice(
                BOS,
                List.of("tokenizer", "none"),
                "What stands in front: a BOS where the tokenizer adds one, or nothing."));
        return specs;
    }

    private static boolean rolling(PerplexityDefinition definition) {
        return definition.protocol() == PerplexityDefinition.Protocol.WIKITEXT_PAGES;
    }

    /** The text that is measured. */
    static TextSource source(PerplexityDefinition definition, Options options) {
        return definition.source().orElseGet(() -> new TextSource.Corpus(options.text(CORPUS)));
    }

    /** Tokens of a window; 0 for as many as the model takes. */
    static int window(PerplexityDefinition definition, Options options) {
        return Math.toIntExact(options.whole(rolling(definition) ? MAX_LENGTH : WINDOW));
    }

    /** What stands in front. */
    static Request.Bos bos(Options options) {
        return options.text(BOS).equals("none") ? Request.Bos.NONE : Request.Bos.TOKENIZER;
    }
}
