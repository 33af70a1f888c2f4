package org.rankgrid.tasks.perplexity;

import java.util.regex.Pattern;

/**
 * Undoes the word tokenisation of WikiText as lm-evaluation-harness does ({@code wikitext_detokenizer}), step by step, with
 * its slips: {@code /' 5/} is written as a pattern for {@code sed} and hardly ever matches.
 */
final class Detokenizer {

    /** White space as Python's {@code \s} takes it: Unicode's, and the four separators of ASCII. */
    static final String SPACE = "[\\s\\x1c-\\x1f]";

    private static final Pattern QUOTED_DIGIT = Pattern.compile("/' [0-9]/");
    private static final Pattern ROUND = enclosed("\\(", "[^)]", "\\)");
    private static final Pattern SQUARE = enclosed("\\[", "[^\\]]", "\\]");
    private static final Pattern CURLY = enclosed("\\{", "[^}]", "\\}");
    private static final Pattern DOUBLE_QUOTES = enclosed("\"", "[^\"]", "\"");
    private static final Pattern SINGLE_QUOTES = enclosed("'", "[^']", "'");

    private Detokenizer() {}

    /** The text of a page as people write it. */
    static String detokenize(String page) {
        return spacing(enclosures(punctuation(page)));
    }

    private static String punctuation(String page) {
        String contracted = QUOTED_DIGIT.matcher(page.replace("s '", "s'")).replaceAll("/'[0-9]/");
        return contracted
                .replace(" @-@ ", "-")
                .replace(" @,@ ", ",")
                .replace(" @.@ ", ".")
                .replace(" : ", ": ")
                .replace(" ; ", "; ")
                .replace(" . ", ". ")
                .replace(" ! ", "! ")
                .replace(" ? ", "? ")
                .replace(" , ", ", ");
    }

    private static String enclosures(String text) {
        String round = ROUND.matcher(text).replaceAll("($1)");
        String square = SQUARE.matcher(round).replaceAll("[$1]");
        String curly = CURLY.matcher(square).replaceAll("{$1}");
        String quoted = DOUBLE_QUOTES.matcher(curly).replaceAll("\"$1\"");
        return SINGLE_QUOTES.matcher(quoted).replaceAll("'$1'");
    }

    private static String spacing(String text) {
        return text.replace("= = = =", "====")
                .replace("= = =", "===")
                .replace("= =", "==")
                .replace(" \u00b0 ", "\u00b0")
                .replace(" \n", "\n")
                .replace("\n ", "\n")
                .replace(" N ", " 1 ")
                .replace(" 's", "'s");
    }

    private static Pattern enclosed(String open, String inner, String close) {
        return Pattern.compile(
                open + SPACE + "*(" + inner + "*?)" + SPACE + "*" + close, Pattern.UNICODE_CHARACTER_CLASS);
    }
}
