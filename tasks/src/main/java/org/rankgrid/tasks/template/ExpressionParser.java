package org.rankgrid.tasks.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads expressions with Jinja2's precedence of operators. */
final class ExpressionParser {

    /** An expression's tree is at most so deep in chains of operators, too. */
    private static final int LONGEST_CHAIN = 500;

    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final TokenStream tokens;
    private final OperandParser operands;
    private int operators;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
        this.operands = new OperandParser(tokens, this);
    }

    /** One expression, or several with commas between them, which are a tuple; up to the end of the tag. */
    Expression tupleOrExpression(boolean withConditional) {
        operators = 0;
        Expression first = expression(withConditional);
        if (!tokens.peek().isOperator(",")) {
            return first;
        }
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (tokens.acceptOperator(",") && !atEndOfTag()) {
            elements.add(expression(withConditional));
        }
        return new Expression.TupleDisplay(List.copyOf(elements));
    }

    private boolean atEndOfTag() {
        return tokens.peek().is(Token.Kind.OUTPUT_END) || tokens.peek().is(Token.Kind.BLOCK_END);
    }

    /** One expression. */
    Expression expression() {
        return expression(true);
    }

    private Expression expression(boolean withConditional) {
        tokens.enter();
        Expression expression = or();
        while (withConditional && tokens.acceptName("if")) {
            chain();
            Expression condition = or();
            Expression otherwise = tokens.acceptName("else") ? expression() : null;
            expression = new Expression.Conditional(condition, expression, otherwise);
        }
        tokens.leave();
        return expression;
    }

    private Expression or() {
        Expression left = and();
        while (tokens.acceptName("or")) {
            chain();
            left = new Expression.Or(left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (tokens.acceptName("and")) {
            chain();
            left = new Expression.And(left, not());
        }
        return left;
    }

    private Expression not() {
        if (!tokens.acceptName("not")) {
            return comparison();
        }
        tokens.enter();
        Expression operand = not();
        tokens.leave();
        return new Expression.Not(operand);
    }

    private Expression comparison() {
        Expression first = sum();
        List<Expression.Step> steps = new ArrayList<>();
        while (true) {
            Token token = tokens.peek();
            if (token.is(Token.Kind.OPERATOR) && COMPARISONS.contains(token.text())) {
                tokens.take();
                steps.add(new Expression.Step(token.text(), sum()));
            } else if (tokens.acceptName("in")) {
                steps.add(new Expression.Step("in", sum()));
            } else if (token.isName("not") && tokens.peekSecond().isName("in")) {
                tokens.take();
                tokens.take();
                steps.add(new Expression.Step("not in", sum()));
            } else {
                return steps.isEmpty() ? first : new Expression.Comparison(first, List.copyOf(steps));
            }
            chain();
        }
    }

    private Expression sum() {
        Expression left = concatenation();
        while (tokens.peek().isOperator("+") || tokens.peek().isOperator("-")) {
            chain();
            left = new Expression.Binary(left, tokens.take().text(), concatenation());
        }
        return left;
    }

    private Expression concatenation() {
        Expression left = product();
        while (tokens.acceptOperator("~")) {
            chain();
            left = new Expression.Binary(left, "~", product());
        }
        return left;
    }

    private Expression product() {
        Expression left = operand();
        while (true) {
            Token token = tokens.peek();
            if (token.isOperator("**")) {
                throw tokens.error(token, "'**' is not an operator that is known here");
            }
            if (!token.is(Token.Kind.OPERATOR) || !Set.of("*", "/", "//", "%").contains(token.text())) {
                return left;
            }
            chain();
            left = new Expression.Binary(left, tokens.take().text(), operand());
        }
    }

    private Expression operand() {
        return operands.operand(true);
    }

    /** Counts one more operator, or look-up, or filter. */
    void chain() {
        if (++operators > LONGEST_CHAIN) {
            throw tokens.error(tokens.peek(), "the expression has more than " + LONGEST_CHAIN + " operators");
        }
    }
}
