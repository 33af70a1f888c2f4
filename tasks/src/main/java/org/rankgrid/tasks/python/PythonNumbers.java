package org.rankgrid.tasks.python;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's arithmetic, and numbers read from text. A truth value counts as 0 or 1; whole numbers have 64 bits here. */
public final class PythonNumbers {

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9](?:_?[0-9])*");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(?:(?:[0-9](?:_?[0-9])*\\.?(?:[0-9](?:_?[0-9])*)?"
            + "|\\.[0-9](?:_?[0-9])*)(?:[eE][+-]?[0-9](?:_?[0-9])*)?)");

    /** Whole numbers up to this are exact as a double. */
    private static final long EXACT = 1L << 53;

    private PythonNumbers() {}

    /**
     * {@code int(text)}, empty where Python would raise ValueError.
     *
     * @throws PythonException if the number is beyond 64 bits
     */
    public static Optional<Long> parseInt(String text) {
        String digits = asciiDigits(PythonText.strip(text));
        if (!WHOLE.matcher(digits).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(digits.replace("_", "")));
        } catch (NumberFormatException tooLarge) {
            throw beyond();
        }
    }

    /** {@code float(text)}, empty where Python would raise ValueError. */
    public static Optional<Double> parseFloat(String text) {
        String digits = asciiDigits(PythonText.strip(text));
        if (DECIMAL.matcher(digits).matches()) {
            return Optional.of(Double.parseDouble(digits.replace("_", "")));
        }
        boolean negative = digits.startsWith("-");
        String word = PythonText.lower(negative || digits.startsWith("+") ? digits.substring(1) : digits);
        return switch (word) {
            case "inf", "infinity" -> Optional.of(negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
            case "nan" -> Optional.of(Double.NaN);
            default -> Optional.empty();
        };
    }

    /**
     * {@code int(number)} of a float: towards zero.
     *
     * @throws PythonException if it is not finite, or beyond 64 bits
     */
    public static long truncate(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new PythonException("the float " + PythonText.repr(number) + " is no whole number");
        }
        if (Math.abs(number) >= 0x1p63) {
            throw beyond();
        }
        return (long) number;
    }

    /** Whether a value is an int, a float or a bool. */
    public static boolean isNumber(@Nullable Object value) {
        return isWhole(value) || value instanceof Double;
    }

    /** Whether a value counts as an int. */
    public static boolean isWhole(@Nullable Object value) {
        return value instanceof Long || value instanceof Boolean;
    }

    /** The whole number that an int or a bool is. */
    public static long whole(@Nullable Object value) {
        return switch (value) {
            case Long number -> number;
            case Boolean truth -> truth ? 1 : 0;
            case null, default -> throw new PythonException(PythonValues.described(value) + " is no whole number");
        };
    }

    /**
     * {@code a operator b} for {@code + - * / // %} of numbers.
     *
     * @throws PythonException on a division by zero, or beyond 64 bits
     */
    public static Object arithmetic(Object a, String operator, Object b) {
        if (operator.equals("/")) {
            return divide(a, b);
        }
        if (isWhole(a) && isWhole(b)) {
            return ofWhole(whole(a), operator, whole(b));
        }
        double x = toDouble(a);
        double y = toDouble(b);
        return switch (operator) {
            case "+" -> x + y;
            case "-" -> x - y;
            case "*" -> x * y;
            case "//" -> floorDivide(x, y);
            case "%" -> floorModulo(x, y);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    /** {@code -number}. */
    public static Object negate(Object number) {
        return number instanceof Double real ? (Object) (-real) : ofWhole(0, "-", whole(number));
    }

    /** Python reads the decimal digits of every script. */
    private static String asciiDigits(String text) {
        StringBuilder ascii = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
                .forEach(ascii::appendCodePoint);
        return ascii.toString();
    }

    private static Object ofWhole(long a, String operator, long b) {
        try {
            return switch (operator) {
                case "+" -> Math.addExact(a, b);
                case "-" -> Math.subtractExact(a, b);
                case "*" -> Math.multiplyExact(a, b);
                case "//" -> Math.floorDivExact(a, nonZero(b));
                case "%" -> Math.floorMod(a, nonZero(b));
                default -> throw new IllegalArgumentException(operator);
            };
        } catch (ArithmeticException overflow) {
            throw beyond();
        }
    }

    private static double divide(Object a, Object b) {
        double divisor = toDouble(b);
        if (divisor == 0) {
            throw byZero();
        }
        if (isWhole(a) && isWhole(b) && (Math.abs(whole(a)) > EXACT || Math.abs(whole(b)) > EXACT)) {
            return BigDecimal.valueOf(whole(a))
                    .divide(BigDecimal.valueOf(whole(b)), new MathContext(60))
                    .doubleValue();
        }
        return toDouble(a) / divisor;
    }

    /** As CPython does it: from the remainder, so that the two agree. */
    private static double floorDivide(double a, double b) {
        if (b == 0) {
            throw byZero();
        }
        double remainder = a % b;
        double quotient = (a - remainder) / b;
        if (remainder != 0 && (b < 0) != (remainder < 0)) {
            quotient -= 1;
        }
        if (quotient == 0) {
            return Math.copySign(0, a / b);
        }
        double floor = Math.floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    private static double floorModulo(double a, double b) {
        if (b == 0) {
            throw byZero();
        }
        double remainder = a % b;
        if (remainder == 0) {
            return Math.copySign(0, b);
        }
        return (b < 0) != (remainder < 0) ? remainder + b : remainder;
    }

    private static double toDouble(Object number) {
        return number instanceof Double real ? real : whole(number);
    }

    private static long nonZero(long divisor) {
        if (divisor == 0) {
            throw byZero();
        }
        return divisor;
    }

    private static PythonException byZero() {
        return new PythonException("a number is divided by zero");
    }

    private static PythonException beyond() {
        return new PythonException("a whole number is beyond 64 bits");
    }
}
