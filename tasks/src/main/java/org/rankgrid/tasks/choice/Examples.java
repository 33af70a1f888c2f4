package org.rankgrid.tasks.choice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.DataLibrary;

/**
 * The examples before a question: the first rows of a split, each with its answer; never the question itself where both
 * are of one split. Drawing them at random, which is lm-evaluation-harness's default, is refused: it hangs on the order in
 * which that harness walks the rows.
 */
final class Examples {

    private final ChoiceDefinition definition;
    private final int shots;
    private final List<Row> pool;
    private final boolean mayHoldTheQuestion;
    private final boolean choicesAreContexts;
    private final Map<Integer, String> texts = new HashMap<>();

    private Examples(
            ChoiceDefinition definition,
            int shots,
            List<Row> pool,
            boolean mayHoldTheQuestion,
            boolean choicesAreContexts) {
        this.definition = definition;
        this.shots = shots;
        this.pool = pool;
        this.mayHoldTheQuestion = mayHoldTheQuestion;
        this.choicesAreContexts = choicesAreContexts;
    }

    /**
     * The examples of a task.
     *
     * @param asked the rows that are asked
     * @param choicesAreContexts whether the choices are contexts, and the target is the continuation of all of them
     * @throws InputException if the task file does not say which rows are examples, or there are too few
     */
    static Examples of(
            ChoiceDefinition definition, int shots, Rows asked, boolean choicesAreContexts, DataLibrary library) {
        if (shots == 0) {
            return new Examples(definition, 0, List.of(), false, choicesAreContexts);
        }
        ChoiceDefinition.Shots described = definition.shots();
        if (!described.first()) {
            throw new InputException("num_fewshot is " + shots + ", but task " + definition.id() + " ("
                    + definition.file() + ") does not say which rows are examples, and they are not drawn at random"
                    + " here: ask with num_fewshot 0, or write 'fewshot_config: {sampler: first_n}' and a fewshot_split"
                    + " into a task file of your own.");
        }
        String split = described.split().orElseThrow();
        List<Row> pool = split.equals(definition.data().split())
                ? asked.rows()
                : Rows.read(definition, library, split).rows().stream()
                        .map(row -> row.among(asked.features()))
                        .toList();
        return new Examples(
                definition, shots, pool, definition.data().testSplit().equals(Optional.of(split)), choicesAreContexts);
    }

    /**
     * The examples before a row's question, each with the delimiter after it.
     *
     * @throws InputException if there are too few, or one has no answer, with file and line
     */
    String before(Row question) {
        StringBuilder text = new StringBuilder();
        int count = 0;
        for (int i = 0; i < pool.size() && count < shots; i++) {
            if (!mayHoldTheQuestion || !pool.get(i).fields().equals(question.fields())) {
                text.append(
                        texts.computeIfAbsent(i, index -> Rows.locating(definition, pool.get(index), this::example)));
                count++;
            }
        }
        if (count < shots) {
            throw new InputException("num_fewshot is " + shots + ", but there are only " + count
                    + " rows for examples in split '"
                    + definition.shots().split().orElse("") + "' of task "
                    + definition.id() + ".");
        }
        return text.toString();
    }

    private String example(Row row) {
        Prompt prompt = definition.prompt();
        List<String> choices = definition.hasChoices() ? prompt.choices(row) : new ArrayList<>();
        Object question = prompt.question(row);
        Object target = prompt.target(row);
        String asked;
        if (choicesAreContexts) {
            asked = choices.get(Prompt.gold(question, choices));
        } else if (question instanceof String text) {
            asked = text;
        } else {
            throw new RowException("doc_to_text: the value is " + question + ", where a text was expected");
        }
        String answer;
        if (target instanceof String text) {
            answer = text;
        } else if (choicesAreContexts || choices.isEmpty()) {
            throw new RowException("doc_to_target: the value is " + target + ", where a text was expected");
        } else {
            answer = choices.get(Prompt.gold(target, choices));
        }
        if (answer.isEmpty()) {
            throw new RowException("doc_to_target: the answer of an example is empty");
        }
        return asked + prompt.targetDelimiter() + answer + prompt.fewshotDelimiter();
    }
}
