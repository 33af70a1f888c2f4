package org.rankgrid.tasks.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;

/** Reads the statements of a template. */
final class StatementParser {

    private static final List<String> KNOWN = List.of("if", "for", "set");
    private static final List<String> CONTINUING = List.of("elif", "else", "endif", "endfor");
    private static final Set<String> NOT_TARGETS = Set.of(
            "true", "True", "false", "False", "none", "None", "loop", "and", "or", "not", "if", "else", "in", "is");

    private final TokenStream tokens;
    private final ExpressionParser expressions;

    StatementParser(SourceText source) {
        this.tokens = new TokenStream(source);
        this.expressions = new ExpressionParser(tokens);
    }

    List<Statement> parse() {
        List<Statement> statements = body(Set.of());
        if (!tokens.peek().is(Token.Kind.END)) {
            tokens.take();
            throw tokens.error(tokens.peek(), "'" + tokens.peek().text() + "' has no beginning");
        }
        return statements;
    }

    /** Statements up to a block whose name is one of those that end it, or to the end of the template. */
    private List<Statement> body(Set<String> ends) {
        List<Statement> statements = new ArrayList<>();
        while (true) {
            Token token = tokens.peek();
            switch (token.kind()) {
                case DATA -> statements.add(new Statement.Text(tokens.take().text()));
                case OUTPUT_BEGIN -> statements.add(output());
                case BLOCK_BEGIN -> {
                    Token name = tokens.peekSecond();
                    if (name.is(Token.Kind.NAME) && (ends.contains(name.text()) || CONTINUING.contains(name.text()))) {
                        return List.copyOf(statements);
                    }
                    statements.add(block());
                }
                default -> {
                    return List.copyOf(statements);
                }
            }
        }
    }

    private Statement output() {
        Token begin = tokens.take();
        Expression expression = expressions.tupleOrExpression(true);
        tokens.expect(Token.Kind.OUTPUT_END, "'}}'");
        return new Statement.Output(tokens.tag(begin), expression);
    }

    private Statement block() {
        Token begin = tokens.take();
        Token name = tokens.expect(Token.Kind.NAME, "the name of a statement");
        tokens.enter();
        Statement statement = switch (name.text()) {
            case "if" -> conditional(begin);
            case "for" -> loop(begin);
            case "set" -> assignment(begin);
            default ->
                throw tokens.error(
                        name,
                        "'" + name.text() + "' is not a statement that is known here"
                                + NearestNames.hint(name.text(), KNOWN) + "; known are if, for and set");
        };
        tokens.leave();
        return statement;
    }

    private Statement conditional(Token begin) {
        List<Statement.Branch> branches = new ArrayList<>();
        Token branch = begin;
        do {
            Expression condition = expressions.tupleOrExpression(false);
            endOfBlock();
            String tag = tokens.tag(branch);
            branches.add(new Statement.Branch(tag, condition, body(Set.of("elif", "else", "endif"))));
            branch = tokens.peek();
        } while (acceptBlock("elif"));
        List<Statement> otherwise = List.of();
        if (acceptBlock("else")) {
            endOfBlock();
            otherwise = body(Set.of("endif"));
        }
        end(begin, "if", "endif");
        return new Statement.If(List.copyOf(branches), otherwise);
    }

    private Statement loop(Token begin) {
        List<String> targets = targets("in");
        Expression list = expressions.tupleOrExpression(false);
        if (tokens.peek().isName("if") || tokens.peek().isName("recursive")) {
            throw tokens.error(tokens.peek(), "'" + tokens.peek().text() + "' in a for statement is not known here");
        }
        endOfBlock();
        String tag = tokens.tag(begin);
        List<Statement> body = body(Set.of("else", "endfor"));
        List<Statement> otherwise = List.of();
        if (acceptBlock("else")) {
            endOfBlock();
            otherwise = body(Set.of("endfor"));
        }
        end(begin, "for", "endfor");
        return new Statement.For(tag, targets, list, body, otherwise);
    }

    private Statement assignment(Token begin) {
        List<String> targets = targets("=");
        Expression value = expressions.tupleOrExpression(true);
        endOfBlock();
        return new Statement.Assign(tokens.tag(begin), targets, value);
    }

    /** One name, or several with commas between them, up to the word that follows them. */
    private List<String> targets(String follows) {
        List<String> targets = new ArrayList<>();
        do {
            Token name = tokens.expect(Token.Kind.NAME, "the name of a variable");
            if (NOT_TARGETS.contains(name.text())) {
                throw tokens.error(name, "'" + name.text() + "' cannot be the name of a variable");
            }
            targets.add(name.text());
        } while (tokens.acceptOperator(","));
        if (!tokens.acceptName(follows) && !tokens.acceptOperator(follows)) {
            throw tokens.unexpected("'" + follows + "'");
        }
        return List.copyOf(targets);
    }

    private void endOfBlock() {
        tokens.expect(Token.Kind.BLOCK_END, "'%}'");
    }

    private boolean acceptBlock(String name) {
        if (!tokens.peek().is(Token.Kind.BLOCK_BEGIN) || !tokens.peekSecond().isName(name)) {
            return false;
        }
        tokens.take();
        tokens.take();
        return true;
    }

    private void end(Token begin, String statement, String end) {
        if (!acceptBlock(end)) {
            throw missingEnd(begin, statement, end);
        }
        endOfBlock();
    }

    private InputException missingEnd(Token begin, String statement, String end) {
        if (tokens.peek().is(Token.Kind.END)) {
            return tokens.error(begin, "the '" + statement + "' does not end: '" + end + "' is missing");
        }
        Token found = tokens.peekSecond();
        return tokens.error(found, "there stands '" + found.text() + "', where '" + end + "' was expected");
    }
}
