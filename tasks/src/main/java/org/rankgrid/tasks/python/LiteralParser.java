package org.rankgrid.tasks.python;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one literal by recursive descent. */
final class LiteralParser {

    /** CPython's own limit of nested brackets. */
    private static final int DEEPEST = 200;

    /** How much of the text a message shows. */
    private static final int SHOWN = 20;

    private static final Pattern NUMBER =
            Pattern.compile("(?<integer>0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+)"
                    + "|(?<float>(?:[0-9](?:_?[0-9])*)?\\.[0-9](?:_?[0-9])*(?:[eE][+-]?[0-9](?:_?[0-9])*)?"
                    + "|[0-9](?:_?[0-9])*(?:\\.(?:[eE][+-]?[0-9](?:_?[0-9])*)?|[eE][+-]?[0-9](?:_?[0-9])*))"
                    + "|(?<decimal>[1-9](?:_?[0-9])*|0(?:_?0)*)");

    private static final Pattern STRING_START = Pattern.compile("[A-Za-z]{0,2}['\"]");

    private final String text;
    private int at;
    private int depth;

    LiteralParser(String text) {
        // The compiler of Python reads every end of line as a line feed.
        this.text = text.replace("\r\n", "\n").replace('\r', '\n');
    }

    @Nullable
    Object parse() {
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw unexpected(nul, "a literal");
        }
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        Object value = tupleOrValue();
        skipBlank(true);
        if (at < text.length()) {
            throw unexpected(at, "the end of the literal");
        }
        return value;
    }

    /** At the top, commas make a tuple without brackets. */
    private @Nullable Object tupleOrValue() {
        skipBlank(true);
        Object first = value();
        skipBlank(false);
        if (!startsWith(",")) {
            return first;
        }
        List<@Nullable Object> elements = new ArrayList<>();
        elements.add(first);
        while (accept(',')) {
            skipBlank(false);
            if (at == text.length() || text.charAt(at) == '\n') {
                break;
            }
            elements.add(value());
            skipBlank(false);
        }
        return new PythonTuple(elements);
    }

    private @Nullable Object value() {
        skipBlank(depth > 0);
        if (at == text.length()) {
            throw unexpected(at, "a literal");
        }
        if (stringStartsHere()) {
            return strings();
        }
        char c = text.charAt(at);
        return switch (c) {
            case '[' -> list(']');
            case '(' -> parenthesised();
            case '{' -> dictionary();
            case '+', '-' -> {
                at++;
                skipBlank(depth > 0);
                yield number(c == '-');
            }
            default -> c == '.' || (c >= '0' && c <= '9') ? number(false) : constant();
        };
    }

    private @Nullable Object constant() {
        int start = at;
        int end = start;
        while (end < text.length() && Character.isUnicodeIdentifierPart(text.charAt(end))) {
            end++;
        }
        String word = text.substring(start, end);
        at = end;
        return switch (word) {
            case "True" -> true;
            case "False" -> false;
            case "None" -> null;
            default -> throw unexpected(start, "a literal");
        };
    }

    private Object number(boolean negative) {
        Matcher matcher = NUMBER.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw unexpected(at, "a number");
        }
        int start = at;
        at = matcher.end();
        if (at < text.length() && Character.isUnicodeIdentifierPart(text.charAt(at))) {
            throw unexpected(start, "a whole or decimal number");
        }
        String digits = matcher.group().replace("_", "");
        if (matcher.group("float") != null) {
            double number = Double.parseDouble(digits);
            return negative ? -number : number;
        }
        try {
            String signed = (negative ? "-" : "") + (matcher.group("decimal") != null ? digits : digits.substring(2));
            return Long.parseLong(signed, radix(digits));
        } catch (NumberFormatException tooLarge) {
            throw new PythonLiteralException(place(start) + " stands a whole number beyond 64 bits");
        }
    }

    private static int radix(String digits) {
        return switch (digits.length() < 2 ? '0' : digits.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'b', 'B' -> 2;
            case 'o', 'O' -> 8;
            default -> 10;
        };
    }

    private List<@Nullable Object> list(char close) {
        List<@Nullable Object> elements = new ArrayList<>();
        open();
        while (!closes(close)) {
            elements.add(value());
            if (!separated(close)) {
                break;
            }
        }
        depth--;
        return elements;
    }

    private @Nullable Object parenthesised() {
        open();
        List<@Nullable Object> elements = new ArrayList<>();
        boolean comma = false;
        while (!closes(')')) {
            elements.add(value());
            if (!separated(')')) {
                break;
            }
            comma = true;
        }
        depth--;
        return elements.size() == 1 && !comma ? elements.getFirst() : new PythonTuple(elements);
    }

    private SequencedMap<@Nullable Object, @Nullable Object> dictionary() {
        PythonDictionary entries = new PythonDictionary();
        open();
        while (!closes('}')) {
            int start = at;
            Object key = value();
            skipBlank(true);
            if (!accept(':')) {
                throw unexpected(at, "the colon of a dict");
            }
            Object value = value();
            try {
                entries.set(key, value);
            } catch (PythonException unhashable) {
                throw new PythonLiteralException(place(start) + " " + unhashable.getMessage());
            }
            if (!separated('}')) {
                break;
            }
        }
        depth--;
        return entries.asMap();
    }

    private void open() {
        if (++depth > DEEPEST) {
            throw new PythonLiteralException(place(at) + " brackets are nested more than " + DEEPEST + " deep");
        }
        at++;
    }

    private boolean closes(char close) {
        skipBlank(true);
        return accept(close);
    }

    /** After an element: true after a comma, false after the closing bracket. */
    private boolean separated(char close) {
        skipBlank(true);
        if (accept(',')) {
            return true;
        }
        if (accept(close)) {
            return false;
        }
        throw unexpected(at, "',' or '" + close + "'");
    }

    private boolean stringStartsHere() {
        return STRING_START.matcher(text).region(at, text.length()).lookingAt();
    }

    /** Adjacent literals are one string. */
    private String strings() {
        StringBuilder whole = new StringBuilder();
        do {
            whole.append(string());
            skipBlank(depth > 0);
        } while (stringStartsHere());
        return whole.toString();
    }

    private String string() {
        int start = at;
        while (text.charAt(at) != '\'' && text.charAt(at) != '"') {
            at++;
        }
        String prefix = text.substring(start, at);
        if (!prefix.isEmpty() && !prefix.equalsIgnoreCase("r") && !prefix.equalsIgnoreCase("u")) {
            throw unexpected(start, "a string without prefix, or with r or u");
        }
        String quote = text.substring(at, at + 1);
        String quotes = startsWith(quote.repeat(3)) ? quote.repeat(3) : quote;
        int bodyStart = at + quotes.length();
        int end = bodyStart;
        while (!text.startsWith(quotes, end)) {
            if (end >= text.length() || (quotes.length() == 1 && text.charAt(end) == '\n')) {
                throw new PythonLiteralException(place(start) + " stands a string that does not end");
            }
            end += text.charAt(end) == '\\' && end + 1 < text.length() ? 2 : 1;
        }
        at = end + quotes.length();
        String body = text.substring(bodyStart, end);
        if (prefix.equalsIgnoreCase("r")) {
            return body;
        }
        try {
            return StringEscapes.decode(body);
        } catch (PythonException bad) {
            throw new PythonLiteralException(place(start) + " in a string, " + bad.getMessage());
        }
    }

    /** Skips blanks, comments and continued lines; line feeds too where a bracket is open. */
    private void skipBlank(boolean lineFeeds) {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                at += 2;
            } else if (c == ' ' || c == '\t' || c == '\f' || (c == '\n' && lineFeeds)) {
                at++;
            } else {
                return;
            }
        }
    }

    private boolean startsWith(String prefix) {
        return text.startsWith(prefix, at);
    }

    private boolean accept(char c) {
        boolean here = at < text.length() && text.charAt(at) == c;
        if (here) {
            at++;
        }
        return here;
    }

    private String place(int index) {
        return "at character " + (text.codePointCount(0, index) + 1);
    }

    private PythonLiteralException unexpected(int index, String expected) {
        if (index >= text.length()) {
            return new PythonLiteralException("the text ends where " + expected + " was expected");
        }
        String rest = text.substring(
                index, text.offsetByCodePoints(index, Math.min(SHOWN, text.codePointCount(index, text.length()))));
        return new PythonLiteralException(
                place(index) + " stands " + PythonText.repr(rest) + ", where " + expected + " was expected");
    }
}
