package org.rankgrid.tasks.template;

import java.util.List;
import org.rankgrid.spi.InputException;

/** The tokens of a template, read one after another. */
final class TokenStream {

    /** Deeper expressions and statements are refused before the stack ends. */
    private static final int DEEPEST = 100;

    private final SourceText source;
    private final List<Token> tokens;
    private int next;
    private int depth;

    TokenStream(SourceText source) {
        this.source = source;
        this.tokens = new Lexer(source).tokens();
    }

    Token peek() {
        return tokens.get(next);
    }

    /** The token after the next. */
    Token peekSecond() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = tokens.get(next);
        if (next < tokens.size() - 1) {
            next++;
        }
        return token;
    }

    boolean acceptOperator(String operator) {
        return accept(peek().isOperator(operator));
    }

    boolean acceptName(String name) {
        return accept(peek().isName(name));
    }

    private boolean accept(boolean wanted) {
        if (wanted) {
            take();
        }
        return wanted;
    }

    void expectOperator(String operator) {
        if (!acceptOperator(operator)) {
            throw unexpected("'" + operator + "'");
        }
    }

    Token expect(Token.Kind kind, String expected) {
        if (!peek().is(kind)) {
            throw unexpected(expected);
        }
        return take();
    }

    /** One level deeper; {@link #leave} goes back. */
    void enter() {
        if (++depth > DEEPEST) {
            throw error(peek(), "it is nested more than " + DEEPEST + " deep");
        }
    }

    void leave() {
        depth--;
    }

    /** The source of a tag, from the token that begins it to the last one taken, shortened. */
    String tag(Token begin) {
        Token last = tokens.get(Math.max(next - 1, 0));
        String tag = source.text()
                .substring(begin.offset(), last.offset() + last.text().length());
        String line = tag.replace("\n", "\\n");
        return line.codePointCount(0, line.length()) > 60
                ? line.substring(0, line.offsetByCodePoints(0, 57)) + "..."
                : line;
    }

    InputException unexpected(String expected) {
        return error(peek(), "there stands " + peek().described() + ", where " + expected + " was expected");
    }

    InputException error(Token token, String clause) {
        return source.error(token.offset(), clause);
    }
}
