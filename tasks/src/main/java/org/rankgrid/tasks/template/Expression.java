package org.rankgrid.tasks.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has a value, once the fields of a row are known. */
sealed interface Expression {

    record Constant(@Nullable Object value) implements Expression {}

    record Name(String name) implements Expression {}

    record ListDisplay(List<Expression> elements) implements Expression {}

    record TupleDisplay(List<Expression> elements) implements Expression {}

    record DictDisplay(List<Entry> entries) implements Expression {}

    /** One entry of a dict. */
    record Entry(Expression key, Expression value) {}

    /** {@code target.name}. */
    record Attribute(Expression target, String name) implements Expression {}

    /** {@code target[index]}. */
    record Item(Expression target, Expression index) implements Expression {}

    /** {@code target[start:stop:step]}. */
    record Slice(
            Expression target,
            @Nullable Expression start,
            @Nullable Expression stop,
            @Nullable Expression step) implements Expression {}

    /** {@code target.method(arguments)}. */
    record MethodCall(Expression target, String method, List<Expression> arguments) implements Expression {}

    /** {@code range(arguments)}. */
    record RangeCall(List<Expression> arguments) implements Expression {}

    /** {@code target|filter(arguments)} and {@code target is test argument}. */
    record Applied(Expression target, Function function, List<Expression> arguments) implements Expression {}

    record Not(Expression operand) implements Expression {}

    /** {@code -operand} or {@code +operand}. */
    record Signed(boolean negative, Expression operand) implements Expression {}

    record And(Expression left, Expression right) implements Expression {}

    record Or(Expression left, Expression right) implements Expression {}

    /** An operator of arithmetic, or {@code ~}. */
    record Binary(Expression left, String operator, Expression right) implements Expression {}

    /** {@code first < second <= third}: holds if every step does. */
    record Comparison(Expression first, List<Step> steps) implements Expression {}

    /** One operator of a comparison and what stands right of it. */
    record Step(String operator, Expression right) {}

    /** {@code then if condition else otherwise}. */
    record Conditional(
            Expression condition, Expression then, @Nullable Expression otherwise) implements Expression {}
}
