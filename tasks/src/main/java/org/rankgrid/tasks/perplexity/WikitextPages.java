package org.rankgrid.tasks.perplexity;

import java.util.ArrayList;
import java.util.List;

/**
 * The pages of WikiText, as the data set {@code EleutherAI/wikitext_document_level} has them: the file's lines from one
 * first-level heading to the next.
 */
final class WikitextPages {

    private WikitextPages() {}

    /**
     * The pages of a split.
     *
     * @param rows as Hugging Face's {@code wikitext} has them: lines with their ends, {@code ""} for a line of one space
     */
    static List<String> of(List<String> rows) {
        List<String> pages = new ArrayList<>();
        StringBuilder page = new StringBuilder();
        for (String row : rows) {
            String line = row.isEmpty() ? " \n" : row;
            if (isHeading(line)) {
                if (!page.toString().isBlank()) {
                    // The line feed before a heading belongs to neither page.
                    pages.add(page.substring(0, page.length() - 1));
                }
                page.setLength(0);
            }
            page.append(line);
        }
        pages.add(page.toString());
        return pages;
    }

    /** A heading of the first level stands in one sign of equality, those below in more, each with spaces around. */
    private static boolean isHeading(String line) {
        String joined = line.replace("= = =", "===").replace("= =", "==").strip();
        return joined.startsWith("= ") && joined.endsWith(" =");
    }
}
