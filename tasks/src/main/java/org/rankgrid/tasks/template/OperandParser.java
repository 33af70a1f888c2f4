package org.rankgrid.tasks.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rankgrid.spi.InputException;

/** Reads what operators stand between: literals, names, look-ups, calls, filters and tests. */
final class OperandParser {

    private static final Set<String> KEYWORDS = Set.of("and", "or", "not", "if", "else", "in", "is");

    private final TokenStream tokens;
    private final ExpressionParser expressions;

    OperandParser(TokenStream tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /** A sign, a primary expression, look-ups and calls, and filters and tests if they are wanted. */
    Expression operand(boolean withFilters) {
        Token token = tokens.peek();
        Expression expression;
        if (token.isOperator("-") || token.isOperator("+")) {
            tokens.take();
            tokens.enter();
            expression = new Expression.Signed(token.text().equals("-"), operand(false));
            tokens.leave();
        } else {
            expression = primary();
        }
        expression = postfix(expression);
        return withFilters ? filters(expression) : expression;
    }

    private Expression primary() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case NAME -> name();
            case STRING -> strings();
            case INTEGER -> {
                tokens.take();
                yield new Expression.Constant(whole(token));
            }
            case FLOAT -> {
                tokens.take();
                yield new Expression.Constant(Double.parseDouble(token.text().replace("_", "")));
            }
            case OPERATOR ->
                switch (token.text()) {
                    case "(" -> parenthesised();
                    case "[" -> {
                        tokens.take();
                        yield new Expression.ListDisplay(listed("]"));
                    }
                    case "{" -> dictionary();
                    default -> throw tokens.unexpected("an expression");
                };
            default -> throw tokens.unexpected("an expression");
        };
    }

    private Expression name() {
        Token token = tokens.take();
        return switch (token.text()) {
            case "true", "True" -> new Expression.Constant(true);
            case "false", "False" -> new Expression.Constant(false);
            case "none", "None" -> new Expression.Constant(null);
            default -> {
                if (KEYWORDS.contains(token.text())) {
                    throw tokens.error(token, "there stands '" + token.text() + "', where an expression was expected");
                }
                yield tokens.peek().isOperator("(") ? call(token) : new Expression.Name(token.text());
            }
        };
    }

    private Expression call(Token name) {
        if (!name.text().equals("range")) {
            throw tokens.error(
                    name, "'" + name.text() + "' is not a function that is known here; the only one is range");
        }
        List<Expression> arguments = arguments();
        if (arguments.isEmpty() || arguments.size() > 3) {
            throw tokens.error(name, "'range' takes 1 to 3 arguments, not " + arguments.size());
        }
        return new Expression.RangeCall(arguments);
    }

    /** Adjacent strings are one. */
    private Expression strings() {
        StringBuilder text = new StringBuilder();
        while (tokens.peek().is(Token.Kind.STRING)) {
            text.append(tokens.take().text());
        }
        return new Expression.Constant(text.toString());
    }

    private long whole(Token token) {
        try {
            return Long.parseLong(token.text().replace("_", ""));
        } catch (NumberFormatException tooLarge) {
            throw tokens.error(token, "the whole number " + token.text() + " is beyond 64 bits");
        }
    }

    private Expression parenthesised() {
        tokens.take();
        List<Expression> elements = new ArrayList<>();
        boolean comma = false;
        while (!tokens.acceptOperator(")")) {
            elements.add(expressions.expression());
            if (tokens.acceptOperator(",")) {
                comma = true;
            } else {
                tokens.expectOperator(")");
                break;
            }
        }
        return elements.size() == 1 && !comma
                ? elements.getFirst()
                : new Expression.TupleDisplay(List.copyOf(elements));
    }

    /** Expressions with commas between them, up to a closing bracket. */
    private List<Expression> listed(String close) {
        List<Expression> elements = new ArrayList<>();
        while (!tokens.acceptOperator(close)) {
            elements.add(expressions.expression());
            if (!tokens.acceptOperator(",")) {
                tokens.expectOperator(close);
                break;
            }
        }
        return List.copyOf(elements);
    }

    private Expression dictionary() {
        tokens.take();
        List<Expression.Entry> entries = new ArrayList<>();
        while (!tokens.acceptOperator("}")) {
            Expression key = expressions.expression();
            tokens.expectOperator(":");
            entries.add(new Expression.Entry(key, expressions.expression()));
            if (!tokens.acceptOperator(",")) {
                tokens.expectOperator("}");
                break;
            }
        }
        return new Expression.DictDisplay(List.copyOf(entries));
    }

    private Expression postfix(Expression primary) {
        Expression expression = primary;
        while (true) {
            Token token = tokens.peek();
            if (tokens.acceptOperator(".")) {
                expression = attribute(expression);
            } else if (tokens.acceptOperator("[")) {
                expression = subscript(expression);
            } else if (token.isOperator("(")) {
                throw tokens.error(token, "only methods and range can be called");
            } else {
                return expression;
            }
            expressions.chain();
        }
    }

    private Expression attribute(Expression target) {
        Token name = tokens.take();
        if (name.is(Token.Kind.INTEGER)) {
            return new Expression.Item(target, new Expression.Constant(whole(name)));
        }
        if (!name.is(Token.Kind.NAME)) {
            throw tokens.error(name, "there stands " + name.described() + ", where a name was expected");
        }
        if (!tokens.peek().isOperator("(")) {
            return new Expression.Attribute(target, name.text());
        }
        List<Function> known = Methods.named(name.text());
        if (known.isEmpty()) {
            throw unknown(name, "method", Methods.names());
        }
        List<Expression> arguments = arguments();
        if (known.stream().noneMatch(method -> takes(method, arguments))) {
            throw wrongCount(name, known.getFirst(), arguments.size());
        }
        return new Expression.MethodCall(target, name.text(), arguments);
    }

    private Expression subscript(Expression target) {
        Expression start = null;
        if (!tokens.peek().isOperator(":")) {
            start = expressions.expression();
            if (tokens.acceptOperator("]")) {
                return new Expression.Item(target, start);
            }
        }
        tokens.expectOperator(":");
        Expression stop = bound();
        Expression step = tokens.acceptOperator(":") ? bound() : null;
        tokens.expectOperator("]");
        return new Expression.Slice(target, start, stop, step);
    }

    private @Nullable Expression bound() {
        return tokens.peek().isOperator(":") || tokens.peek().isOperator("]") ? null : expressions.expression();
    }

    private List<Expression> arguments() {
        tokens.expectOperator("(");
        List<Expression> arguments = new ArrayList<>();
        while (!tokens.acceptOperator(")")) {
            if (tokens.peek().is(Token.Kind.NAME) && tokens.peekSecond().isOperator("=")) {
                throw tokens.error(tokens.peek(), "arguments with a name are not known here: give them by place");
            }
            arguments.add(expressions.expression());
            if (!tokens.acceptOperator(",")) {
                tokens.expectOperator(")");
                break;
            }
        }
        return List.copyOf(arguments);
    }

    private Expression filters(Expression target) {
        Expression expression = target;
        while (true) {
            if (tokens.acceptOperator("|")) {
                expression = filter(expression);
            } else if (tokens.acceptName("is")) {
                expression = test(expression);
            } else {
                return expression;
            }
            expressions.chain();
        }
    }

    private Expression filter(Expression target) {
        Token name = tokens.expect(Token.Kind.NAME, "the name of a filter");
        Function filter =
                Filters.KNOWN.find(name.text()).orElseThrow(() -> unknown(name, "filter", Filters.KNOWN.names()));
        List<Expression> arguments = tokens.peek().isOperator("(") ? arguments() : List.of();
        return applied(target, name, filter, arguments);
    }

    private Expression test(Expression target) {
        boolean negated = tokens.acceptName("not");
        Token name = tokens.expect(Token.Kind.NAME, "the name of a test");
        Function test = Tests.KNOWN.find(name.text()).orElseThrow(() -> unknown(name, "test", Tests.KNOWN.names()));
        List<Expression> arguments;
        if (tokens.peek().isOperator("(")) {
            arguments = arguments();
        } else {
            arguments = test.most() == 0 ? List.of() : List.of(postfix(primary()));
        }
        Expression applied = applied(target, name, test, arguments);
        if (tokens.peek().isName("is")) {
            throw tokens.error(tokens.peek(), "one test cannot follow another: put the first in brackets");
        }
        return negated ? new Expression.Not(applied) : applied;
    }

    private Expression applied(Expression target, Token name, Function function, List<Expression> arguments) {
        if (!takes(function, arguments)) {
            throw wrongCount(name, function, arguments.size());
        }
        return new Expression.Applied(target, function, arguments);
    }

    private static boolean takes(Function function, List<Expression> arguments) {
        return arguments.size() >= function.least() && arguments.size() <= function.most();
    }

    private InputException wrongCount(Token name, Function function, int count) {
        return tokens.error(name, "'" + name.text() + "' takes " + function.arity() + ", not " + count);
    }

    private InputException unknown(Token name, String kind, Collection<String> known) {
        return tokens.error(
                name,
                "'" + name.text() + "' is not a " + kind + " that is known here"
                        + Names.known(name.text(), known, "known are"));
    }
}
