package org.rankgrid.tasks.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rankgrid.tasks.python.PythonNumbers;
import org.rankgrid.tasks.python.PythonText;
import org.rankgrid.tasks.python.PythonValues;

/** The filters of Jinja2 that are known here. Most of them take the value's text, whatever it is. */
final class Filters {

    /** Where Jinja2's {@code title} begins a word: not where Python's does. */
    private static final Pattern WORD_BEGINNING = Pattern.compile(
            "[-({\\[<\\s\\x1C-\\x1F\\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]+");

    static final Functions KNOWN = new Functions(List.of(
            new Function("trim", 0, 1, (value, arguments) -> trim(arguments.print(value), arguments)),
            new Function("length", 0, 0, (value, arguments) -> PythonValues.length(value)),
            new Function("count", 0, 0, (value, arguments) -> PythonValues.length(value)),
            new Function("lower", 0, 0, (value, arguments) -> PythonText.lower(arguments.print(value))),
            new Function("upper", 0, 0, (value, arguments) -> PythonText.upper(arguments.print(value))),
            new Function("capitalize", 0, 0, (value, arguments) -> PythonText.capitalize(arguments.print(value))),
            new Function("title", 0, 0, (value, arguments) -> title(arguments.print(value))),
            new Function("replace", 2, 3, Filters::replace),
            new Function("join", 0, 1, Filters::join),
            new Function("first", 0, 0, (value, arguments) -> {
                List<@Nullable Object> elements = PythonValues.elements(value);
                return elements.isEmpty() ? nothing("first") : elements.getFirst();
            }),
            new Function("last", 0, 0, (value, arguments) -> {
                List<@Nullable Object> elements = PythonValues.elements(value);
                return elements.isEmpty() ? nothing("last") : elements.getLast();
            }),
            new Function("int", 0, 1, Filters::toInt),
            new Function("float", 0, 1, Filters::toFloat),
            new Function("string", 0, 0, (value, arguments) -> arguments.print(value)),
            new Function("list", 0, 0, (value, arguments) -> PythonValues.elements(value)),
            new Function("default", 0, 2, true, Filters::otherwise),
            new Function("d", 0, 2, true, Filters::otherwise)));

    private Filters() {}

    private static String trim(String text, Arguments arguments) {
        return arguments.isNone(0) ? PythonText.strip(text) : PythonText.strip(text, arguments.text(0));
    }

    private static String title(String text) {
        StringBuilder result = new StringBuilder();
        Matcher beginning = WORD_BEGINNING.matcher(text);
        int at = 0;
        while (beginning.find()) {
            appendWord(result, text.substring(at, beginning.start()));
            appendWord(result, beginning.group());
            at = beginning.end();
        }
        appendWord(result, text.substring(at));
        return result.toString();
    }

    private static void appendWord(StringBuilder result, String word) {
        if (!word.isEmpty()) {
            int second = word.offsetByCodePoints(0, 1);
            result.append(PythonText.upper(word.substring(0, second)));
            result.append(PythonText.lower(word.substring(second)));
        }
    }

    private static Object replace(@Nullable Object value, Arguments arguments) {
        return StringMethods.replace(
                arguments.print(value),
                arguments.print(arguments.value(0)),
                arguments.print(arguments.value(1)),
                arguments.isNone(2) ? -1 : arguments.whole(2, -1),
                arguments.budget());
    }

    private static Object join(@Nullable Object value, Arguments arguments) {
        List<String> parts = new ArrayList<>();
        long length = 0;
        for (Object element : PythonValues.elements(value)) {
            String part = arguments.print(element);
            length += part.length();
            arguments.budget().characters(length);
            parts.add(part);
        }
        String separator = arguments.has(0) ? arguments.print(arguments.value(0)) : "";
        return StringMethods.join(separator, parts, arguments.budget());
    }

    private static Undefined nothing(String filter) {
        return new Undefined("the template takes the " + filter + " element of an empty list");
    }

    /** A number's whole part, also of the text of a decimal number; the default for everything else. */
    private static @Nullable Object toInt(@Nullable Object value, Arguments arguments) {
        Object otherwise = arguments.has(0) ? arguments.value(0) : Long.valueOf(0);
        return switch (value) {
            case Long number -> number;
            case Boolean truth -> truth ? 1L : 0L;
            case Double number -> Double.isNaN(number) ? otherwise : (Object) PythonNumbers.truncate(number);
            case String text ->
                PythonNumbers.parseInt(text)
                        .<@Nullable Object>map(number -> number)
                        .orElseGet(() -> PythonNumbers.parseFloat(text)
                                .filter(Double::isFinite)
                                .<@Nullable Object>map(PythonNumbers::truncate)
                                .orElse(otherwise));
            case null, default -> otherwise;
        };
    }

    private static @Nullable Object toFloat(@Nullable Object value, Arguments arguments) {
        Object otherwise = arguments.has(0) ? arguments.value(0) : Double.valueOf(0);
        return switch (value) {
            case Double number -> number;
            case Long number -> (double) number;
            case Boolean truth -> truth ? 1.0 : 0.0;
            case String text ->
                PythonNumbers.parseFloat(text)
                        .<@Nullable Object>map(number -> number)
                        .orElse(otherwise);
            case null, default -> otherwise;
        };
    }

    private static @Nullable Object otherwise(@Nullable Object value, Arguments arguments) {
        boolean falseToo = arguments.has(1) && PythonValues.truth(arguments.value(1));
        boolean replaced = value instanceof Undefined || (falseToo && !PythonValues.truth(value));
        if (!replaced) {
            return value;
        }
        return arguments.has(0) ? arguments.value(0) : "";
    }
}
