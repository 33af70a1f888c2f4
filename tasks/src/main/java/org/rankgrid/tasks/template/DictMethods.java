package org.rankgrid.tasks.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rankgrid.tasks.python.PythonTuple;
import org.rankgrid.tasks.python.PythonValues;
import org.rankgrid.tasks.python.PythonView;

/** The methods of a dict. */
final class DictMethods {

    static final Functions KNOWN = new Functions(List.of(
            new Function("items", 0, 0, (dict, arguments) -> items(map(dict))),
            new Function(
                    "keys", 0, 0, (dict, arguments) -> new PythonView("dict_keys", PythonValues.elements(map(dict)))),
            new Function(
                    "values",
                    0,
                    0,
                    (dict, arguments) -> new PythonView(
                            "dict_values", new ArrayList<>(map(dict).values()))),
            new Function("get", 1, 2, (dict, arguments) -> get(map(dict), arguments))));

    private DictMethods() {}

    private static Map<?, ?> map(@Nullable Object dict) {
        if (dict instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException("not a dict");
    }

    private static PythonView items(Map<?, ?> dict) {
        List<@Nullable Object> items = new ArrayList<>();
        dict.forEach((key, value) -> items.add(new PythonTuple(Arrays.asList(key, value))));
        return new PythonView("dict_items", items);
    }

    private static @Nullable Object get(Map<?, ?> dict, Arguments arguments) {
        if (PythonValues.hasKey(dict, arguments.value(0))) {
            return PythonValues.valueOf(dict, arguments.value(0));
        }
        return arguments.has(1) ? arguments.value(1) : null;
    }
}
