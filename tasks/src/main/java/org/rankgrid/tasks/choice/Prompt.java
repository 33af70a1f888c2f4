package org.rankgrid.tasks.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rankgrid.tasks.python.PythonLiteral;
import org.rankgrid.tasks.python.PythonLiteralException;

/**
 * What a task asks of a row: {@code doc_to_text}, {@code doc_to_choice} and {@code doc_to_target}, with the semantics of
 * lm-evaluation-harness's {@code ConfigurableTask} (0.4.13).
 *
 * @param text the question; a whole number means that the choices are contexts, and it is the index of the right one
 * @param choices the choices, if there are any
 * @param target the index of the right choice, the choice itself, or the continuation
 * @param description what stands before everything; a field or a template
 * @param targetDelimiter between a context and a continuation
 * @param fewshotDelimiter after each example
 */
record Prompt(
        Expression text,
        Optional<Expression> choices,
        Expression target,
        Optional<Expression> description,
        String targetDelimiter,
        String fewshotDelimiter) {

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern LEADING_ZERO = Pattern.compile("0+[1-9][0-9]*");

    /** What stands before everything; empty for most tasks. */
    String description(Row row) {
        return description
                .map(expression ->
                        naming("description", () -> text(expression.of(row).value())))
                .orElse("");
    }

    /**
     * The question: a {@code String} or, where the choices are contexts, a {@code Long}.
     *
     * @throws RowException if it is neither
     */
    Object question(Row row) {
        return naming("doc_to_text", () -> {
            Expression.Value found = text.of(row);
            return textOrIndex(found.rendered() ? number(found.value()) : found.value());
        });
    }

    /**
     * The target: a {@code String} or a {@code Long}.
     *
     * @throws RowException if it is neither
     */
    Object target(Row row) {
        return naming("doc_to_target", () -> {
            Expression.Value found = target.of(row);
            if (found.rendered()) {
                requireOneTarget(found.value());
            }
            return textOrIndex(found.rendered() ? number(found.value()) : found.value());
        });
    }

    /**
     * The choices, in order.
     *
     * @throws RowException if there are fewer than two, or one is empty
     */
    List<String> choices(Row row) {
        return naming("doc_to_choice", () -> {
            Expression.Value found = choices.orElseThrow().of(row);
            List<String> texts = Row.texts("the value", found.rendered() ? literal(found.value()) : found.value());
            if (texts.size() < 2) {
                throw new RowException(
                        texts.isEmpty()
                                ? "there are no choices, where at least two were expected"
                                : "there is one choice, where at least two were expected");
            }
            if (texts.contains("")) {
                throw new RowException("choice " + texts.indexOf("") + " (counted from 0) is empty");
            }
            return texts;
        });
    }

    /**
     * The index of the right choice.
     *
     * @param gold what {@link #question} or {@link #target} gave
     * @throws RowException if it is none of the choices
     */
    static int gold(Object gold, List<String> choices) {
        if (gold instanceof Long index) {
            if (index < 0 || index >= choices.size()) {
                throw new RowException("the right choice is number " + index + ", but there are " + choices.size()
                        + " choices, counted from 0");
            }
            return Math.toIntExact(index);
        }
        int index = choices.indexOf((String) gold);
        if (index < 0) {
            List<String> shown = new ArrayList<>();
            choices.forEach(choice -> shown.add(Row.describe(choice)));
            throw new RowException("the right choice is " + Row.describe(gold) + ", which is none of the choices "
                    + String.join(", ", shown));
        }
        return index;
    }

    /** What a template renders of digits alone is a number where there are choices. */
    private @Nullable Object number(@Nullable Object rendered) {
        if (choices.isEmpty()
                || !(rendered instanceof String digits)
                || !DIGITS.matcher(digits).matches()) {
            return rendered;
        }
        if (digits.length() > 18 || LEADING_ZERO.matcher(digits).matches()) {
            throw new RowException("the digits " + Row.describe(digits) + " are no whole number of Python's");
        }
        return Long.valueOf(digits);
    }

    /** What a template renders as a list means several right answers. */
    private static void requireOneTarget(@Nullable Object rendered) {
        if (!(rendered instanceof String text) || !text.startsWith("[") || !text.endsWith("]")) {
            return;
        }
        try {
            PythonLiteral.parse(text);
        } catch (PythonLiteralException _) {
            return;
        }
        throw new RowException("the template gives the list " + Row.describe(text)
                + ", but tasks with several right answers are not known here");
    }

    private static Object textOrIndex(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Long index -> index;
            // Python's True is 1.
            case Boolean truth -> truth ? 1L : 0L;
            case null, default ->
                throw new RowException(
                        "the value is " + Row.describe(value) + ", where a text or a whole number was expected");
        };
    }

    private static String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new RowException("the value is " + Row.describe(value) + ", where a text was expected");
    }

    private static @Nullable Object literal(@Nullable Object rendered) {
        try {
            return PythonLiteral.parse(text(rendered));
        } catch (PythonLiteralException e) {
            throw new RowException(
                    "the template gives " + Row.describe(rendered) + ", which is no list: " + e.getMessage());
        }
    }

    private interface Step<T> {
        T take();
    }

    private static <T> T naming(String key, Step<T> step) {
        try {
            return step.take();
        } catch (RowException e) {
            throw new RowException(key + ": " + e.getMessage());
        }
    }
}
