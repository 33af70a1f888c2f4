package org.rankgrid.tasks.template;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rankgrid.tasks.python.PythonException;
import org.rankgrid.tasks.python.PythonNumbers;
import org.rankgrid.tasks.python.PythonPrinter;
import org.rankgrid.tasks.python.PythonValues;

/**
 * The arguments of a call, each of the type that it needs.
 *
 * @param function its name, for messages
 * @param values the arguments
 * @param budget what the call may spend
 */
record Arguments(String function, List<@Nullable Object> values, Budget budget) {

    boolean has(int index) {
        return index < values.size();
    }

    @Nullable
    Object value(int index) {
        return values.get(index);
    }

    /** {@code str(value)}, within the budget. */
    String print(@Nullable Object value) {
        return new PythonPrinter(Budget.CHARACTERS).str(value);
    }

    /** An argument that is left out or None. */
    boolean isNone(int index) {
        return !has(index) || values.get(index) == null;
    }

    String text(int index) {
        if (values.get(index) instanceof String text) {
            return text;
        }
        throw new PythonException("'" + function + "' needs a str, not " + PythonValues.described(values.get(index)));
    }

    long whole(int index, long otherwise) {
        if (!has(index)) {
            return otherwise;
        }
        if (!PythonNumbers.isWhole(values.get(index))) {
            throw new PythonException(
                    "'" + function + "' needs an int, not " + PythonValues.described(values.get(index)));
        }
        return PythonNumbers.whole(values.get(index));
    }
}
