package org.rankgrid.tasks.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rankgrid.tasks.python.PythonLiteral;
import org.rankgrid.tasks.python.PythonLiteralException;

/**
 * RACE as lm-evaluation-harness has it ({@code race/preprocess_race.py}): the problems of an article are a Python literal in
 * one field; all but the last are told with their answers, the last is asked.
 */
final class Race {

    private static final String FILL_IN = "  _  .";
    private static final List<String> LETTERS = List.of("A", "B", "C", "D");

    private Race() {}

    /** {@code doc_to_text}: the article, the problems before the last with their answers, and the last question. */
    static String context(Row row) {
        List<Map<?, ?>> problems = problems(row);
        StringBuilder text = new StringBuilder("Article: " + row.text("article") + "\n\n");
        for (Map<?, ?> problem : problems.subList(0, problems.size() - 1)) {
            String question = question(problem);
            String answer = options(problem).get(answer(problem));
            if (question.endsWith(FILL_IN)) {
                // Python's [:-5]: one of the two spaces before the gap stays.
                text.append(question, 0, question.length() - 5).append(answer).append('\n');
            } else {
                text.append("Question: ").append(question).append('\n');
                text.append("Answer: ").append(answer).append('\n');
            }
        }
        return text.append(question(problems.getLast())).toString();
    }

    /** {@code doc_to_choice}: the options of the last problem. */
    static List<String> choices(Row row) {
        return options(problems(row).getLast());
    }

    /** {@code doc_to_target}: the index of the last problem's answer. */
    static Long target(Row row) {
        return (long) answer(problems(row).getLast());
    }

    private static List<Map<?, ?>> problems(Row row) {
        Object value = literal(row.text("problems"));
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            throw new RowException(
                    "the field 'problems' is " + Row.describe(value) + ", where a list of problems was expected");
        }
        List<Map<?, ?>> problems = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> problem)) {
                throw new RowException(
                        "the field 'problems' holds " + Row.describe(item) + ", where a problem was expected");
            }
            problems.add(problem);
        }
        return problems;
    }

    private static @Nullable Object literal(String text) {
        try {
            return PythonLiteral.parse(text);
        } catch (PythonLiteralException e) {
            throw new RowException("the field 'problems' is no Python literal: " + e.getMessage());
        }
    }

    private static String question(Map<?, ?> problem) {
        if (problem.get("question") instanceof String question) {
            return question;
        }
        throw new RowException("a problem has no text under 'question': it is " + Row.describe(problem));
    }

    private static List<String> options(Map<?, ?> problem) {
        List<String> options = Row.texts("'options' of a problem", problem.get("options"));
        if (options.size() < LETTERS.size()) {
            throw new RowException("a problem has " + options.size() + " options, where four were expected");
        }
        return options.subList(0, LETTERS.size());
    }

    private static int answer(Map<?, ?> problem) {
        Object letter = problem.get("answer");
        int answer = letter instanceof String text ? LETTERS.indexOf(text) : -1;
        if (answer < 0) {
            throw new RowException("'answer' of a problem is " + Row.describe(letter) + ", where "
                    + String.join(", ", LETTERS) + " were expected");
        }
        return answer;
    }
}
