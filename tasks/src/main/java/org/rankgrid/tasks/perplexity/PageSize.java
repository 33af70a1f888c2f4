package org.rankgrid.tasks.perplexity;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The size of a page before it is detokenised.
 *
 * @param words parts between white space, as {@code len(re.split(r"\s+", page))} counts them: empty ones at the ends too
 * @param bytes of UTF-8
 */
record PageSize(long words, long bytes) {

    private static final Pattern SPACES = Pattern.compile(Detokenizer.SPACE + "+", Pattern.UNICODE_CHARACTER_CLASS);

    /** The size of a page. */
    static PageSize of(String page) {
        return new PageSize(SPACES.matcher(page).results().count() + 1, page.getBytes(StandardCharsets.UTF_8).length);
    }

    /** Both together. */
    PageSize plus(PageSize other) {
        return new PageSize(words + other.words, bytes + other.bytes);
    }
}
