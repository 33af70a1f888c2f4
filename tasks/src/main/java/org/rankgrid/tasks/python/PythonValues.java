package org.rankgrid.tasks.python;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What Python's values are to each other: truth, equality, order, membership. Values are {@code String}, {@code Long},
 * {@code Double}, {@code Boolean}, null, {@code List}, {@link PythonTuple}, {@code Map} and {@link PythonView}.
 */
public final class PythonValues {

    private PythonValues() {}

    /** Python's name of a value's type. */
    public static String typeName(@Nullable Object value) {
        return switch (value) {
            case null -> "None";
            case String text -> "str";
            case Long number -> "int";
            case Double number -> "float";
            case Boolean truth -> "bool";
            case PythonTuple tuple -> "tuple";
            case List<?> list -> "list";
            case Map<?, ?> map -> "dict";
            case PythonView view -> view.type();
            default -> value.getClass().getSimpleName();
        };
    }

    /** A value's type with its article, for messages. */
    public static String described(@Nullable Object value) {
        String type = typeName(value);
        return value == null ? type : (type.equals("int") ? "an " : "a ") + type;
    }

    /** {@code bool(value)}. */
    public static boolean truth(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean truth -> truth;
            case Long number -> number != 0;
            case Double number -> number != 0;
            default -> length(value) != 0;
        };
    }

    /**
     * {@code len(value)}.
     *
     * @throws PythonException if it has none
     */
    public static long length(@Nullable Object value) {
        return switch (value) {
            case String text -> PythonText.length(text);
            case List<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            case PythonView view -> view.elements().size();
            case null, default -> throw new PythonException(described(value) + " has no length");
        };
    }

    /**
     * What a loop over a value walks: the characters of a string, the elements of a list, the keys of a dict.
     *
     * @throws PythonException if it cannot be walked
     */
    public static List<@Nullable Object> elements(@Nullable Object value) {
        List<@Nullable Object> elements = new ArrayList<>();
        switch (value) {
            case String text -> text.codePoints().mapToObj(Character::toString).forEach(elements::add);
            case List<?> list -> elements.addAll(list);
            case Map<?, ?> map -> elements.addAll(map.keySet());
            case PythonView view -> elements.addAll(view.elements());
            case null, default -> throw new PythonException(described(value) + " has no elements");
        }
        return elements;
    }

    /** {@code a == b}: numbers and truth values by their exact value, a list never equals a tuple. */
    public static boolean equal(@Nullable Object a, @Nullable Object b) {
        if (isNumber(a) && isNumber(b)) {
            return !isNan(a) && !isNan(b) && compareNumbers(a, b) == 0;
        }
        return switch (a) {
            case List<?> list ->
                b instanceof List<?> other
                        && (list instanceof PythonTuple) == (other instanceof PythonTuple)
                        && equalElements(list, other);
            case Map<?, ?> map -> b instanceof Map<?, ?> other && equalEntries(map, other);
            case null, default -> Objects.equals(a, b);
        };
    }

    /**
     * {@code a < b}, {@code a <= b}, {@code a > b} or {@code a >= b}: strings by code points, lists and tuples by their first
     * difference.
     *
     * @throws PythonException if the two have no order
     */
    public static boolean inOrder(@Nullable Object a, String operator, @Nullable Object b) {
        if (a instanceof List<?> left
                && b instanceof List<?> right
                && typeName(a).equals(typeName(b))) {
            for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
                if (!equal(left.get(i), right.get(i))) {
                    return inOrder(left.get(i), operator, right.get(i));
                }
            }
            return holds(Integer.compare(left.size(), right.size()), operator);
        }
        if (a instanceof String left && b instanceof String right) {
            return holds(compareCodePoints(left, right), operator);
        }
        if (isNumber(a) && isNumber(b)) {
            return !isNan(a) && !isNan(b) && holds(compareNumbers(a, b), operator);
        }
        throw new PythonException("'" + operator + "' does not compare " + described(a) + " with " + described(b));
    }

    /**
     * {@code element in container}.
     *
     * @throws PythonException if nothing can be in the container, or a string is searched for something else
     */
    public static boolean contains(@Nullable Object container, @Nullable Object element) {
        return switch (container) {
            case String text -> {
                if (element instanceof String part) {
                    yield text.contains(part);
                }
                throw new PythonException("a str holds no " + typeName(element) + ", only other strings");
            }
            case Map<?, ?> map -> hasKey(map, element);
            case List<?> list -> list.stream().anyMatch(each -> equal(each, element));
            case PythonView view -> view.elements().stream().anyMatch(each -> equal(each, element));
            case null, default -> throw new PythonException("nothing is in " + described(container));
        };
    }

    /**
     * Whether a dict has a key.
     *
     * @throws PythonException if nothing like it can be a key
     */
    public static boolean hasKey(Map<?, ?> map, @Nullable Object key) {
        PythonDictionary.requireHashable(key);
        return key instanceof String
                ? map.containsKey(key)
                : map.keySet().stream().anyMatch(own -> equal(own, key));
    }

    /** The value of a key, null if the dict does not have it. */
    public static @Nullable Object valueOf(Map<?, ?> map, @Nullable Object key) {
        if (key instanceof String) {
            return map.get(key);
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (equal(entry.getKey(), key)) {
                return entry.getValue();
            }
        }
        return null;
    }

    private static boolean equalElements(List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalEntries(Map<?, ?> a, Map<?, ?> b) {
        return a.size() == b.size()
                && a.entrySet().stream()
                        .allMatch(entry ->
                                hasKey(b, entry.getKey()) && equal(entry.getValue(), valueOf(b, entry.getKey())));
    }

    private static boolean isNumber(@Nullable Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    private static boolean isNan(@Nullable Object value) {
        return value instanceof Double number && Double.isNaN(number);
    }

    private static int compareNumbers(@Nullable Object a, @Nullable Object b) {
        if (infinite(a) != 0 || infinite(b) != 0) {
            return Integer.compare(infinite(a), infinite(b));
        }
        return exact(a).compareTo(exact(b));
    }

    /** -1 and 1 for the infinities, 0 for every finite number. */
    private static int infinite(@Nullable Object value) {
        return value instanceof Double number && Double.isInfinite(number) ? (number > 0 ? 1 : -1) : 0;
    }

    private static BigDecimal exact(@Nullable Object value) {
        return switch (value) {
            case Boolean truth -> truth ? BigDecimal.ONE : BigDecimal.ZERO;
            case Long number -> BigDecimal.valueOf(number);
            case Double number -> new BigDecimal(number);
            case null, default -> throw new IllegalArgumentException("not a number");
        };
    }

    private static int compareCodePoints(String a, String b) {
        int[] left = a.codePoints().toArray();
        int[] right = b.codePoints().toArray();
        return Arrays.compare(left, right);
    }

    private static boolean holds(int order, String operator) {
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> throw new IllegalArgumentException(operator);
        };
    }
}
