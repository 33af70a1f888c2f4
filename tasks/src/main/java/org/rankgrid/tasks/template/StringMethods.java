package org.rankgrid.tasks.template;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rankgrid.tasks.python.PythonException;
import org.rankgrid.tasks.python.PythonText;
import org.rankgrid.tasks.python.PythonValues;

/** The methods of a string. */
final class StringMethods {

    static final Functions KNOWN = new Functions(List.of(
            method(
                    "strip",
                    0,
                    1,
                    (text, arguments) ->
                            arguments.isNone(0) ? PythonText.strip(text) : PythonText.strip(text, arguments.text(0))),
            method(
                    "lstrip",
                    0,
                    1,
                    (text, arguments) ->
                            arguments.isNone(0) ? PythonText.lstrip(text) : PythonText.lstrip(text, arguments.text(0))),
            method(
                    "rstrip",
                    0,
                    1,
                    (text, arguments) ->
                            arguments.isNone(0) ? PythonText.rstrip(text) : PythonText.rstrip(text, arguments.text(0))),
            method("split", 0, 2, StringMethods::split),
            method(
                    "replace",
                    2,
                    3,
                    (text, arguments) -> replace(
                            text, arguments.text(0), arguments.text(1), arguments.whole(2, -1), arguments.budget())),
            method("startswith", 1, 1, (text, arguments) -> anyOf(arguments, text::startsWith)),
            method("endswith", 1, 1, (text, arguments) -> anyOf(arguments, text::endsWith)),
            method("lower", 0, 0, (text, arguments) -> PythonText.lower(text)),
            method("upper", 0, 0, (text, arguments) -> PythonText.upper(text)),
            method("capitalize", 0, 0, (text, arguments) -> PythonText.capitalize(text)),
            method("title", 0, 0, (text, arguments) -> PythonText.title(text)),
            method("find", 1, 3, StringMethods::find),
            method("index", 1, 3, StringMethods::index),
            method("count", 1, 1, (text, arguments) -> (long) occurrences(text, arguments.text(0))),
            method("join", 1, 1, StringMethods::join),
            method("format", 0, Integer.MAX_VALUE, StringMethods::format)));

    private StringMethods() {}

    private static Function method(String name, int least, int most, BiFunction<String, Arguments, Object> operation) {
        return new Function(name, least, most, (receiver, arguments) -> {
            if (receiver instanceof String text) {
                return operation.apply(text, arguments);
            }
            throw new IllegalArgumentException("not a string");
        });
    }

    /** {@code text.replace(old, replacement, count)}: from the left, not overlapping; a negative count is all. */
    static String replace(String text, String old, String replacement, long count, Budget budget) {
        long most = count < 0 ? Long.MAX_VALUE : count;
        long found = Math.min(most, occurrences(text, old));
        budget.characters(text.length() + found * ((long) replacement.length() - old.length()));
        StringBuilder result = new StringBuilder();
        int at = 0;
        for (long done = 0; done < found; done++) {
            if (old.isEmpty()) {
                // Python puts it before each character and at the end.
                result.append(replacement);
                if (at < text.length()) {
                    result.appendCodePoint(text.codePointAt(at));
                    at += Character.charCount(text.codePointAt(at));
                }
            } else {
                int next = text.indexOf(old, at);
                result.append(text, at, next).append(replacement);
                at = next + old.length();
            }
        }
        return result.append(text, at, text.length()).toString();
    }

    /** {@code separator.join(parts)} of strings. */
    static String join(String separator, List<String> parts, Budget budget) {
        long length = (long) separator.length() * Math.max(0, parts.size() - 1);
        for (String part : parts) {
            length += part.length();
        }
        budget.characters(length);
        return String.join(separator, parts);
    }

    private static int occurrences(String text, String part) {
        if (part.isEmpty()) {
            return PythonText.length(text) + 1;
        }
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    private static Object split(String text, Arguments arguments) {
        long most = arguments.whole(1, -1);
        List<@Nullable Object> parts = new ArrayList<>();
        if (arguments.isNone(0)) {
            splitByWhitespace(text, most < 0 ? Long.MAX_VALUE : most, parts);
        } else {
            splitBy(text, arguments.text(0), most < 0 ? Long.MAX_VALUE : most, parts);
        }
        arguments.budget().elements(parts.size());
        return parts;
    }

    private static void splitBy(String text, String separator, long most, List<@Nullable Object> parts) {
        if (separator.isEmpty()) {
            throw new PythonException("'split' needs a separator that is not empty");
        }
        int start = 0;
        for (int at = text.indexOf(separator); at >= 0 && parts.size() < most; at = text.indexOf(separator, start)) {
            parts.add(text.substring(start, at));
            start = at + separator.length();
        }
        parts.add(text.substring(start));
    }

    /** What is left after the last split keeps the whitespace at its end. */
    private static void splitByWhitespace(String text, long most, List<@Nullable Object> parts) {
        String rest = PythonText.lstrip(text);
        while (!rest.isEmpty() && parts.size() < most) {
            int end = 0;
            while (end < rest.length() && !PythonText.isSpace(rest.charAt(end))) {
                end++;
            }
            parts.add(rest.substring(0, end));
            int next = end;
            while (next < rest.length() && PythonText.isSpace(rest.charAt(next))) {
                next++;
            }
            rest = rest.substring(next);
        }
        if (!rest.isEmpty()) {
            parts.add(rest);
        }
    }

    private static boolean anyOf(Arguments arguments, Predicate<String> holds) {
        if (arguments.value(0) instanceof List<?> affixes
                && PythonValues.typeName(affixes).equals("tuple")) {
            return affixes.stream().anyMatch(affix -> affix instanceof String text && holds.test(text));
        }
        return holds.test(arguments.text(0));
    }

    private static Object index(String text, Arguments arguments) {
        long position = find(text, arguments);
        if (position < 0) {
            throw new PythonException("the str has no " + PythonText.repr(arguments.text(0)) + " in it");
        }
        return position;
    }

    /** By code points, in {@code text[start:end]}. */
    private static long find(String text, Arguments arguments) {
        String wanted = arguments.text(0);
        int length = PythonText.length(text);
        long start = bound(arguments.whole(1, 0), length);
        long end = Math.min(length, bound(arguments.whole(2, length), length));
        if (start > end) {
            return -1;
        }
        int from = text.offsetByCodePoints(0, (int) start);
        String range = text.substring(from, text.offsetByCodePoints(from, (int) (end - start)));
        int found = range.indexOf(wanted);
        return found < 0 ? -1 : start + range.codePointCount(0, found);
    }

    private static long bound(long asked, int length) {
        return asked < 0 ? Math.max(0, asked + length) : asked;
    }

    private static Object join(String separator, Arguments arguments) {
        List<String> parts = new ArrayList<>();
        for (Object element : PythonValues.elements(arguments.value(0))) {
            if (!(element instanceof String part)) {
                throw new PythonException("'join' needs strings, but there is " + PythonValues.described(element));
            }
            parts.add(part);
        }
        return join(separator, parts, arguments.budget());
    }

    /** {@code text.format(...)} with {@code {}} and {@code {0}}. */
    private static Object format(String text, Arguments arguments) {
        StringBuilder result = new StringBuilder();
        int automatic = 0;
        boolean numbered = false;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if ((c == '{' || c == '}') && at + 1 < text.length() && text.charAt(at + 1) == c) {
                result.append(c);
                at += 2;
            } else if (c == '{') {
                int close = text.indexOf('}', at);
                String field = close < 0 ? "{" : text.substring(at + 1, close);
                if (!field.matches("[0-9]{0,9}")) {
                    throw new PythonException("'format' knows the fields {} and {0} only, not {" + field + "}");
                }
                boolean number = !field.isEmpty();
                if (number ? automatic > 0 : numbered) {
                    throw new PythonException("'format' does not mix {} with {0}");
                }
                numbered |= number;
                int index = number ? Integer.parseInt(field) : automatic++;
                if (!arguments.has(index)) {
                    throw new PythonException("'format' has no argument for field " + index);
                }
                result.append(arguments.print(arguments.value(index)));
                arguments.budget().characters(result.length());
                at = close + 1;
            } else if (c == '}') {
                throw new PythonException("'format' meets a '}' that closes nothing");
            } else {
                result.append(c);
                at++;
            }
        }
        return result.toString();
    }
}
