package org.rankgrid.data.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.rankgrid.data.text.TextSource;

/**
 * A corpus that comes with rankgrid.
 *
 * @param id its name
 * @param resource the file it is part of
 * @param separator what stands between its documents where they are read as one text
 * @param documents how the file's text becomes documents
 */
record BundledCorpus(String id, String resource, String separator, Function<String, List<String>> documents) {

    private static final String STORIES = "tinystories_head.txt.gz";

    /** All of them; those that share a file do not overlap. */
    private static final List<BundledCorpus> ALL = List.of(
            new BundledCorpus(
                    "tinystories", STORIES, "\n\n", text -> blocks(text).subList(400, 1100)),
            new BundledCorpus(
                    "tinystories-validation",
                    STORIES,
                    "\n\n",
                    text -> blocks(text).stream().skip(1100).toList()),
            new BundledCorpus(
                    "tinystories-test", STORIES, "\n\n", text -> blocks(text).subList(0, 400)),
            new BundledCorpus("wikitext2-train-head", "wiki.train.head.noblank.raw.gz", "", BundledCorpus::lines),
            new BundledCorpus("wikitext2-valid-head", "wiki.valid.head.noblank.raw.gz", "", BundledCorpus::lines),
            new BundledCorpus("wikitext2-test", "wiki.test.raw.gz", "\n\n", BundledCorpus::rows));

    static Optional<BundledCorpus> named(String id) {
        return ALL.stream().filter(corpus -> corpus.id.equals(id)).findFirst();
    }

    static List<String> ids() {
        return ALL.stream().map(BundledCorpus::id).toList();
    }

    Corpus read() {
        String text = TextSource.resource(BundledCorpus.class, resource).readAll();
        return Corpus.of(id, documents.apply(text), separator);
    }

    /** What stands between blank lines. */
    private static List<String> blocks(String text) {
        return List.of(text.stripTrailing().split("\n\n", -1));
    }

    /** Lines with their ends, so that joining them with nothing gives the file again. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start) + 1;
            lines.add(text.substring(start, end > 0 ? end : text.length()));
            start = end > 0 ? end : text.length();
        }
        return lines;
    }

    /**
     * The rows of Hugging Face's wikitext-2-raw-v1: a line of one space is an empty row, any other line keeps its end. Joined
     * by two line feeds they are the text on which perplexities are published (EVALUATION F.1.1).
     */
    private static List<String> rows(String text) {
        return lines(text).stream().map(line -> line.equals(" \n") ? "" : line).toList();
    }
}
