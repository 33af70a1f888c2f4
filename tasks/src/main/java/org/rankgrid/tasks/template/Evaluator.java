package org.rankgrid.tasks.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rankgrid.tasks.python.PythonDictionary;
import org.rankgrid.tasks.python.PythonException;
import org.rankgrid.tasks.python.PythonNumbers;
import org.rankgrid.tasks.python.PythonPrinter;
import org.rankgrid.tasks.python.PythonSlices;
import org.rankgrid.tasks.python.PythonTuple;
import org.rankgrid.tasks.python.PythonValues;
import org.rankgrid.tasks.python.PythonView;

/**
 * Evaluates expressions as Jinja2 does under {@code StrictUndefined}. Stricter than that in one thing: what is not defined
 * cannot be an element of a list, nor an argument, even where nobody looks at it.
 */
final class Evaluator {

    private final Budget budget;

    Evaluator(Budget budget) {
        this.budget = budget;
    }

    /**
     * The value of an expression.
     *
     * @throws TemplateException if it is not defined
     * @throws PythonException if Python refuses what is done with a value
     */
    @Nullable
    Object value(Expression expression, Scope scope) {
        return defined(evaluate(expression, scope));
    }

    private static @Nullable Object defined(@Nullable Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (value instanceof Loop) {
            throw new PythonException("'loop' has no value of its own, only " + String.join(", ", Loop.ATTRIBUTES));
        }
        return value;
    }

    /** Whether an expression holds. */
    boolean truth(Expression expression, Scope scope) {
        Object value = evaluate(expression, scope);
        return !isSilent(value) && PythonValues.truth(defined(value));
    }

    /** The text that an expression prints as. */
    String text(Expression expression, Scope scope) {
        Object value = evaluate(expression, scope);
        return isSilent(value) ? "" : new PythonPrinter(Budget.CHARACTERS).str(defined(value));
    }

    private static boolean isSilent(@Nullable Object value) {
        return value instanceof Undefined undefined && undefined.silent();
    }

    private @Nullable Object evaluate(Expression expression, Scope scope) {
        budget.step();
        return switch (expression) {
            case Expression.Constant constant -> constant.value();
            case Expression.Name name -> scope.get(name.name());
            case Expression.ListDisplay list -> values(list.elements(), scope);
            case Expression.TupleDisplay tuple -> new PythonTuple(values(tuple.elements(), scope));
            case Expression.DictDisplay dict -> dictionary(dict, scope);
            case Expression.Attribute attribute -> attribute(attribute, scope);
            case Expression.Item item -> item(item, scope);
            case Expression.Slice slice -> slice(slice, scope);
            case Expression.MethodCall call -> method(call, scope);
            case Expression.RangeCall range -> range(values(range.arguments(), scope));
            case Expression.Applied applied -> applied(applied, scope);
            case Expression.Not not -> !truth(not.operand(), scope);
            case Expression.Signed signed -> signed(signed, value(signed.operand(), scope));
            case Expression.And and -> {
                Object left = value(and.left(), scope);
                yield PythonValues.truth(left) ? evaluate(and.right(), scope) : left;
            }
            case Expression.Or or -> {
                Object left = value(or.left(), scope);
                yield PythonValues.truth(left) ? left : evaluate(or.right(), scope);
            }
            case Expression.Binary(Expression left, String operator, Expression right)
            when operator.equals("~") -> Operators.concatenate(text(left, scope), text(right, scope), budget);
            case Expression.Binary binary ->
                Operators.apply(value(binary.left(), scope), binary.operator(), value(binary.right(), scope), budget);
            case Expression.Comparison comparison -> compare(comparison, scope);
            case Expression.Conditional conditional -> conditional(conditional, scope);
        };
    }

    private List<@Nullable Object> values(List<Expression> expressions, Scope scope) {
        List<@Nullable Object> values = new ArrayList<>();
        expressions.forEach(expression -> values.add(value(expression, scope)));
        return values;
    }

    private Object dictionary(Expression.DictDisplay display, Scope scope) {
        PythonDictionary dictionary = new PythonDictionary();
        for (Expression.Entry entry : display.entries()) {
            dictionary.set(value(entry.key(), scope), value(entry.value(), scope));
        }
        return dictionary.asMap();
    }

    private @Nullable Object attribute(Expression.Attribute attribute, Scope scope) {
        String name = attribute.name();
        Object target = evaluate(attribute.target(), scope);
        if (target instanceof Loop loop) {
            return loop.attribute(name)
                    .orElseGet(() -> new Undefined(
                            "'loop' has no '" + name + "'" + Names.known(name, Loop.ATTRIBUTES, "it has")));
        }
        if (target instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (Methods.hides(target, name)) {
            String instead = target instanceof Map ? "the field of that name is ['" + name + "']" : "it needs brackets";
            throw new PythonException(
                    "'" + name + "' of " + PythonValues.described(target) + " is a method: " + instead);
        }
        if (target instanceof Map<?, ?> map && map.containsKey(name)) {
            return map.get(name);
        }
        return missing(attribute.target(), target, name);
    }

    private @Nullable Object item(Expression.Item item, Scope scope) {
        Object target = value(item.target(), scope);
        Object index = value(item.index(), scope);
        if (target instanceof Map<?, ?> map) {
            boolean present = !(index instanceof List) && !(index instanceof Map) && PythonValues.hasKey(map, index);
            return present ? PythonValues.valueOf(map, index) : missing(item.target(), target, index);
        }
        if ((target instanceof String || target instanceof List) && PythonNumbers.isWhole(index)) {
            int size = (int) PythonValues.length(target);
            Optional<Integer> position = PythonSlices.position(index, size);
            return position.isPresent()
                    ? elementAt(target, position.get())
                    : new Undefined("the template takes element " + index + " of " + named(item.target())
                            + ", which has " + size);
        }
        return missing(item.target(), target, index);
    }

    private static @Nullable Object elementAt(Object target, int position) {
        return target instanceof String text
                ? Character.toString(text.codePointAt(text.offsetByCodePoints(0, position)))
                : ((List<?>) target).get(position);
    }

    private static Undefined missing(Expression target, @Nullable Object value, @Nullable Object key) {
        if (!(key instanceof String name)) {
            return new Undefined("the template looks up " + PythonValues.described(key) + " in " + named(target)
                    + ", which is " + PythonValues.described(value) + (value instanceof Map ? " without it" : ""));
        }
        if (!(value instanceof Map<?, ?> map)) {
            return new Undefined("the template names '" + name + "' of " + named(target) + ", which is "
                    + PythonValues.described(value) + " without fields");
        }
        List<String> keys = new ArrayList<>();
        map.keySet().forEach(each -> keys.add(String.valueOf(each)));
        return new Undefined("the template names '" + name + "' of " + named(target) + ", which does not have it"
                + Names.known(name, keys, "it has"));
    }

    /** What a message calls an expression. */
    private static String named(Expression expression) {
        return switch (expression) {
            case Expression.Name name -> "'" + name.name() + "'";
            case Expression.Attribute(Expression.Name target, String name) -> "'" + target.name() + "." + name + "'";
            default -> "a value";
        };
    }

    private Object slice(Expression.Slice slice, Scope scope) {
        return PythonSlices.slice(
                value(slice.target(), scope),
                optional(slice.start(), scope),
                optional(slice.stop(), scope),
                optional(slice.step(), scope));
    }

    private @Nullable Object optional(@Nullable Expression expression, Scope scope) {
        return expression == null ? null : value(expression, scope);
    }

    private @Nullable Object method(Expression.MethodCall call, Scope scope) {
        Object target = value(call.target(), scope);
        Function method = Methods.of(target, call.method())
                .orElseThrow(() ->
                        new PythonException(PythonValues.described(target) + " has no method '" + call.method() + "'"));
        List<@Nullable Object> arguments = values(call.arguments(), scope);
        if (arguments.size() < method.least() || arguments.size() > method.most()) {
            throw new PythonException(
                    "'" + call.method() + "' of " + PythonValues.described(target) + " takes " + method.arity());
        }
        return method.operation().apply(target, new Arguments(call.method(), arguments, budget));
    }

    private @Nullable Object applied(Expression.Applied applied, Scope scope) {
        Function function = applied.function();
        Object target = function.takesUndefined() ? evaluate(applied.target(), scope) : value(applied.target(), scope);
        return function.operation()
                .apply(target, new Arguments(function.name(), values(applied.arguments(), scope), budget));
    }

    private PythonView range(List<@Nullable Object> bounds) {
        Arguments arguments = new Arguments("range", bounds, budget);
        long start = bounds.size() == 1 ? 0 : arguments.whole(0, 0);
        long stop = arguments.whole(bounds.size() == 1 ? 0 : 1, 0);
        long step = arguments.whole(2, 1);
        if (step == 0) {
            throw new PythonException("the step of a range is zero");
        }
        List<@Nullable Object> elements = new ArrayList<>();
        long at = start;
        while ((step > 0 ? at < stop : at > stop) && elements.size() <= Budget.ELEMENTS) {
            elements.add(at);
            boolean past = step > 0 ? at > Long.MAX_VALUE - step : at < Long.MIN_VALUE - step;
            at = past ? stop : at + step;
        }
        budget.elements(elements.size());
        return new PythonView("range", elements);
    }

    private static @Nullable Object signed(Expression.Signed signed, @Nullable Object operand) {
        if (operand == null || !PythonNumbers.isNumber(operand)) {
            throw new PythonException(PythonValues.described(operand) + " has no sign");
        }
        return signed.negative() ? PythonNumbers.negate(operand) : PythonNumbers.arithmetic(operand, "+", 0L);
    }

    private boolean compare(Expression.Comparison comparison, Scope scope) {
        Object left = value(comparison.first(), scope);
        for (Expression.Step step : comparison.steps()) {
            Object right = value(step.right(), scope);
            boolean holds = switch (step.operator()) {
                case "==" -> PythonValues.equal(left, right);
                case "!=" -> !PythonValues.equal(left, right);
                case "in" -> PythonValues.contains(right, left);
                case "not in" -> !PythonValues.contains(right, left);
                default -> PythonValues.inOrder(left, step.operator(), right);
            };
            if (!holds) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private @Nullable Object conditional(Expression.Conditional conditional, Scope scope) {
        if (truth(conditional.condition(), scope)) {
            return evaluate(conditional.then(), scope);
        }
        return conditional.otherwise() == null
                ? new Undefined("the template has an 'if' without 'else' whose condition does not hold", true)
                : evaluate(conditional.otherwise(), scope);
    }
}
