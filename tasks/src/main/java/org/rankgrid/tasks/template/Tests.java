package org.rankgrid.tasks.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rankgrid.tasks.python.PythonException;
import org.rankgrid.tasks.python.PythonNumbers;
import org.rankgrid.tasks.python.PythonValues;

/** The tests of Jinja2 that are known here. Those of a value's kind may be asked of what is not defined. */
final class Tests {

    static final Functions KNOWN = new Functions(List.of(
            ofKind("defined", value -> !(value instanceof Undefined)),
            ofKind("undefined", Undefined.class::isInstance),
            ofKind("none", value -> value == null),
            ofKind("string", String.class::isInstance),
            ofKind("number", PythonNumbers::isNumber),
            ofKind("integer", Long.class::isInstance),
            ofKind("float", Double.class::isInstance),
            ofKind("boolean", Boolean.class::isInstance),
            ofKind("mapping", Map.class::isInstance),
            new Function("odd", 0, 0, (value, arguments) -> remainder(value, 2L, 1L)),
            new Function("even", 0, 0, (value, arguments) -> remainder(value, 2L, 0L)),
            new Function("divisibleby", 1, 1, (value, arguments) -> remainder(value, arguments.value(0), 0L)),
            new Function("in", 1, 1, (value, arguments) -> PythonValues.contains(arguments.value(0), value))));

    private Tests() {}

    /** A question of a value's kind. */
    @FunctionalInterface
    private interface Kind {
        boolean holds(@Nullable Object value);
    }

    private static Function ofKind(String name, Kind kind) {
        return new Function(name, 0, 0, true, (value, arguments) -> kind.holds(value));
    }

    private static boolean remainder(@Nullable Object value, @Nullable Object divisor, long expected) {
        if (value == null || divisor == null || !PythonNumbers.isNumber(value) || !PythonNumbers.isNumber(divisor)) {
            throw new PythonException(
                    PythonValues.described(value) + " has no remainder by " + PythonValues.described(divisor));
        }
        return PythonValues.equal(PythonNumbers.arithmetic(value, "%", divisor), expected);
    }
}
