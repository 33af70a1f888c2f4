package org.rankgrid.tasks.template;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rankgrid.tasks.python.PythonException;
import org.rankgrid.tasks.python.PythonPrinter;
import org.rankgrid.tasks.python.PythonValues;

/** The methods of a list or tuple. */
final class ListMethods {

    /** How much of a value a message shows. */
    private static final int SHOWN = 60;

    static final Functions KNOWN = new Functions(List.of(
            new Function("index", 1, 1, (list, arguments) -> index(list, arguments.value(0))),
            new Function(
                    "count",
                    1,
                    1,
                    (list, arguments) -> PythonValues.elements(list).stream()
                            .filter(element -> PythonValues.equal(element, arguments.value(0)))
                            .count())));

    private ListMethods() {}

    private static long index(@Nullable Object list, @Nullable Object wanted) {
        List<@Nullable Object> elements = PythonValues.elements(list);
        for (int i = 0; i < elements.size(); i++) {
            if (PythonValues.equal(elements.get(i), wanted)) {
                return i;
            }
        }
        throw new PythonException(shown(wanted) + " is not in the list " + shown(list));
    }

    private static String shown(@Nullable Object value) {
        try {
            return new PythonPrinter(SHOWN).repr(value);
        } catch (PythonException tooLong) {
            return PythonValues.described(value);
        }
    }
}
