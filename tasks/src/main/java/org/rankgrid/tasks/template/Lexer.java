package org.rankgrid.tasks.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rankgrid.tasks.python.PythonException;
import org.rankgrid.tasks.python.PythonText;
import org.rankgrid.tasks.python.StringEscapes;

/** Cuts a template into tokens as Jinja2's lexer does, with {@code trim_blocks} and {@code lstrip_blocks} off. */
final class Lexer {

    private static final Pattern FLOAT = Pattern.compile(
            "(?<!\\.)(?:[0-9]+_)*[0-9]+(?:(?:\\.(?:[0-9]+_)*[0-9]+)?[eE][+-]?(?:[0-9]+_)*[0-9]+|\\.(?:[0-9]+_)*[0-9]+)");
    private static final Pattern INTEGER = Pattern.compile("[1-9](?:_?[0-9])*|0(?:_?0)*");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{Nl}_][\\p{L}\\p{Nl}\\p{Mn}\\p{Mc}\\p{Nd}\\p{Pc}]*");
    private static final Pattern OPERATOR = Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~\\[\\](){}><=.:|,;]");

    private final SourceText source;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    Lexer(SourceText source) {
        this.source = source;
        this.text = source.text();
    }

    List<Token> tokens() {
        boolean trimLeft = false;
        while (true) {
            int tag = nextTag();
            int dataStart = trimLeft ? afterWhitespace(at) : at;
            if (tag < 0) {
                data(dataStart, text.length());
                tokens.add(new Token(Token.Kind.END, "", text.length()));
                return tokens;
            }
            boolean trimRight = text.startsWith("-", tag + 2);
            int dataEnd = Math.max(dataStart, tag);
            if (trimRight) {
                dataEnd = dataStart
                        + PythonText.rstrip(text.substring(dataStart, dataEnd)).length();
            }
            data(dataStart, dataEnd);
            at = tag + (trimRight || text.startsWith("+", tag + 2) ? 3 : 2);
            trimLeft = switch (text.charAt(tag + 1)) {
                case '#' -> comment(tag);
                case '{' -> inside(tag, Token.Kind.OUTPUT_BEGIN, Token.Kind.OUTPUT_END, "}}");
                default -> inside(tag, Token.Kind.BLOCK_BEGIN, Token.Kind.BLOCK_END, "%}");
            };
        }
    }

    private void data(int start, int end) {
        if (end > start) {
            tokens.add(new Token(Token.Kind.DATA, text.substring(start, end), start));
        }
    }

    private int nextTag() {
        for (int i = at; i + 1 < text.length(); i++) {
            if (text.charAt(i) == '{' && "{%#".indexOf(text.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private int afterWhitespace(int offset) {
        int end = offset;
        while (end < text.length() && PythonText.isSpace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private boolean comment(int tag) {
        int start = at;
        int end = text.indexOf("#}", start);
        if (end < 0) {
            throw source.error(tag, "a comment does not end: '#}' is missing");
        }
        at = end + 2;
        return end > start && text.charAt(end - 1) == '-';
    }

    /** The tokens of one tag. True if it ends in a minus, which trims the text after it. */
    private boolean inside(int tag, Token.Kind begin, Token.Kind end, String close) {
        tokens.add(new Token(begin, text.substring(tag, tag + 2), tag));
        Deque<Character> open = new ArrayDeque<>();
        while (true) {
            at = afterWhitespace(at);
            if (at == text.length()) {
                throw source.error(tag, "the tag does not end: '" + close + "' is missing");
            }
            boolean minus = text.startsWith("-" + close, at);
            boolean plus = end == Token.Kind.BLOCK_END && text.startsWith("+" + close, at);
            if (open.isEmpty() && (minus || plus || text.startsWith(close, at))) {
                int start = at;
                at += close.length() + (minus || plus ? 1 : 0);
                tokens.add(new Token(end, text.substring(start, at), start));
                return minus;
            }
            Token token = token();
            tokens.add(token);
            balance(open, token);
        }
    }

    private Token token() {
        int start = at;
        if (text.charAt(at) == '\'' || text.charAt(at) == '"') {
            return string();
        }
        if (matches(FLOAT)) {
            return new Token(Token.Kind.FLOAT, text.substring(start, at), start);
        }
        if (matches(INTEGER)) {
            return new Token(Token.Kind.INTEGER, text.substring(start, at), start);
        }
        if (matches(NAME)) {
            return new Token(Token.Kind.NAME, text.substring(start, at), start);
        }
        if (matches(OPERATOR)) {
            return new Token(Token.Kind.OPERATOR, text.substring(start, at), start);
        }
        throw source.error(
                at,
                "the character " + PythonText.repr(Character.toString(text.codePointAt(at))) + " has no meaning here");
    }

    private boolean matches(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
        if (matcher.lookingAt()) {
            at = matcher.end();
            return true;
        }
        return false;
    }

    private Token string() {
        int start = at;
        char quote = text.charAt(at);
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= text.length()) {
            throw source.error(start, "a string does not end: " + quote + " is missing");
        }
        at = end + 1;
        try {
            return new Token(Token.Kind.STRING, StringEscapes.decode(text.substring(start + 1, end)), start);
        } catch (PythonException bad) {
            throw source.error(start, "in a string, " + bad.getMessage());
        }
    }

    private void balance(Deque<Character> open, Token token) {
        if (!token.is(Token.Kind.OPERATOR)) {
            return;
        }
        switch (token.text()) {
            case "(" -> open.push(')');
            case "[" -> open.push(']');
            case "{" -> open.push('}');
            case ")", "]", "}" -> {
                if (open.isEmpty() || open.pop() != token.text().charAt(0)) {
                    throw source.error(token.offset(), "'" + token.text() + "' closes what was not opened");
                }
            }
            default -> {}
        }
    }
}
