package org.rankgrid.tasks.perplexity;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A perplexity task as its file describes it.
 *
 * @param id the task's id
 * @param description one sentence for a listing
 * @param source the text it is measured on; empty where the grid names a corpus
 * @param protocol how the text becomes windows
 * @param window L, tokens of a window where the grid does not say otherwise; 0 for as many as the model takes
 * @param windows only so many windows, the first, or how many are drawn; empty for all
 * @param version changes whenever the task's scores may change
 * @param verified whether it was held against reference numbers
 */
record PerplexityDefinition(
        String id,
        String description,
        Optional<TextSource> source,
        Protocol protocol,
        int window,
        OptionalInt windows,
        String version,
        boolean verified) {

    /** How a text becomes windows; the name is the one in a task's file. */
    enum Protocol {
        /** One text, cut into windows. */
        CONCAT("concat"),
        /** Every document on its own. */
        DOCUMENTS("documents"),
        /** Windows drawn at random, from documents that are longer. */
        EXCERPTS("excerpts"),
        /** WikiText's rows as pages, detokenised, every token predicted once. */
        WIKITEXT_PAGES("wikitext-pages");

        private final String word;

        Protocol(String word) {
            this.word = word;
        }

        /** What a file and a score call it. */
        String word() {
            return word;
        }
    }

    /** Smallest window: one token seen, one predicted. */
    static final int SMALLEST_WINDOW = 2;

    /** Largest window that can be asked for; a model's own limit may be lower. */
    static final int LARGEST_WINDOW = 1 << 20;
}
