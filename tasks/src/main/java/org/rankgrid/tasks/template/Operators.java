package org.rankgrid.tasks.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rankgrid.tasks.python.PythonException;
import org.rankgrid.tasks.python.PythonNumbers;
import org.rankgrid.tasks.python.PythonTuple;
import org.rankgrid.tasks.python.PythonValues;

/** The operators of arithmetic between two values, and what {@code +} and {@code *} mean for strings and lists. */
final class Operators {

    private Operators() {}

    static Object apply(@Nullable Object left, String operator, @Nullable Object right, Budget budget) {
        if (left != null && right != null && PythonNumbers.isNumber(left) && PythonNumbers.isNumber(right)) {
            return PythonNumbers.arithmetic(left, operator, right);
        }
        if (operator.equals("+") && left instanceof String a && right instanceof String b) {
            return concatenate(a, b, budget);
        }
        if (operator.equals("+")
                && left instanceof List<?> a
                && right instanceof List<?> b
                && a instanceof PythonTuple == b instanceof PythonTuple) {
            budget.elements((long) a.size() + b.size());
            List<@Nullable Object> both = new ArrayList<>(a);
            both.addAll(b);
            return ofType(a, both);
        }
        if (operator.equals("*") && PythonNumbers.isWhole(right)) {
            return repeat(left, right, budget);
        }
        if (operator.equals("*") && PythonNumbers.isWhole(left)) {
            return repeat(right, left, budget);
        }
        throw notFor(left, operator, right);
    }

    /** {@code a ~ b}, and {@code a + b} of strings. */
    static String concatenate(String a, String b, Budget budget) {
        budget.characters((long) a.length() + b.length());
        return a + b;
    }

    private static Object repeat(@Nullable Object sequence, @Nullable Object times, Budget budget) {
        long count = Math.max(0, PythonNumbers.whole(times));
        return switch (sequence) {
            case String text -> {
                if (text.isEmpty()) {
                    yield "";
                }
                budget.characters(count > Budget.CHARACTERS ? count : count * text.length());
                yield text.repeat((int) count);
            }
            case List<?> list -> {
                List<@Nullable Object> repeated = new ArrayList<>();
                if (!list.isEmpty()) {
                    budget.elements(count > Budget.ELEMENTS ? count : count * list.size());
                    for (long i = 0; i < count; i++) {
                        repeated.addAll(list);
                    }
                }
                yield ofType(list, repeated);
            }
            case null, default -> throw notFor(sequence, "*", times);
        };
    }

    private static List<@Nullable Object> ofType(List<?> model, List<@Nullable Object> elements) {
        return model instanceof PythonTuple ? new PythonTuple(elements) : elements;
    }

    private static PythonException notFor(@Nullable Object left, String operator, @Nullable Object right) {
        return new PythonException("'" + operator + "' is not for " + PythonValues.described(left) + " and "
                + PythonValues.described(right));
    }
}
