package org.rankgrid.tasks.python;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints values as Python's {@code repr} does, up to a length. */
public final class PythonPrinter {

    /** Values nested deeper than this are not printed. */
    private static final int DEEPEST = 1000;

    private final StringBuilder printed = new StringBuilder();
    private final int limit;

    /** A printer of at most so many UTF-16 units. */
    public PythonPrinter(int limit) {
        this.limit = limit;
    }

    /**
     * {@code str(value)}.
     *
     * @throws PythonException if it is longer than the limit, or no value of Python
     */
    public String str(@Nullable Object value) {
        return value instanceof String text ? text : repr(value);
    }

    /**
     * {@code repr(value)}.
     *
     * @throws PythonException if it is longer than the limit, or no value of Python
     */
    public String repr(@Nullable Object value) {
        printed.setLength(0);
        print(value, 0);
        return printed.toString();
    }

    private void print(@Nullable Object value, int depth) {
        if (printed.length() > limit) {
            throw new PythonException("a value takes more than " + limit + " characters");
        }
        if (depth > DEEPEST) {
            throw new PythonException("a value is nested more than " + DEEPEST + " deep");
        }
        switch (value) {
            case null -> printed.append("None");
            case Boolean truth -> printed.append(truth ? "True" : "False");
            case Long number -> printed.append((long) number);
            case Double number -> printed.append(number(number));
            case String text -> quote(text);
            case PythonTuple tuple -> {
                elements('(', tuple, depth);
                printed.append(tuple.size() == 1 ? ",)" : ")");
            }
            case List<?> list -> {
                elements('[', list, depth);
                printed.append(']');
            }
            case Map<?, ?> map -> entries(map, depth);
            case PythonView view ->
                throw new PythonException("a " + view.type() + " is not printed: make it a list first");
            default -> throw new PythonException(PythonValues.described(value) + " is not a value of Python");
        }
    }

    private void elements(char open, List<?> list, int depth) {
        printed.append(open);
        String separator = "";
        for (Object element : list) {
            printed.append(separator);
            print(element, depth + 1);
            separator = ", ";
        }
    }

    private void entries(Map<?, ?> map, int depth) {
        printed.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            printed.append(separator);
            print(entry.getKey(), depth + 1);
            printed.append(": ");
            print(entry.getValue(), depth + 1);
            separator = ", ";
        }
        printed.append('}');
    }

    private void quote(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        printed.append(quote);
        text.codePoints().forEach(c -> {
            if (c == quote || c == '\\') {
                printed.append('\\').appendCodePoint(c);
            } else if (c == '\n') {
                printed.append("\\n");
            } else if (c == '\r') {
                printed.append("\\r");
            } else if (c == '\t') {
                printed.append("\\t");
            } else if (isPrintable(c)) {
                printed.appendCodePoint(c);
            } else {
                printed.append(String.format(c <= 0xFF ? "\\x%02x" : c <= 0xFFFF ? "\\u%04x" : "\\U%08x", c));
            }
        });
        printed.append(quote);
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    /** {@code repr} of a float: the shortest digits that read back as the same number, plain from 1e-4 to below 1e16. */
    private static String number(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        if (number == 0) {
            return 1 / number > 0 ? "0.0" : "-0.0";
        }
        String sign = number < 0 ? "-" : "";
        BigDecimal shortest = shortest(Math.abs(number)).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale();
        if (point > 16 || point < -3) {
            int exponent = point - 1;
            String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
            return sign
                    + mantissa
                    + (exponent < 0 ? "e-" : "e+")
                    + (Math.abs(exponent) < 10 ? "0" : "")
                    + Math.abs(exponent);
        }
        String plain = shortest.toPlainString();
        return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
    }

    /** Java prints two digits at least, and may choose two that one would have done for. */
    private static BigDecimal shortest(double number) {
        BigDecimal oneDigit = new BigDecimal(number).round(new MathContext(1, RoundingMode.HALF_EVEN));
        return oneDigit.doubleValue() == number ? oneDigit : new BigDecimal(Double.toString(number));
    }
}
