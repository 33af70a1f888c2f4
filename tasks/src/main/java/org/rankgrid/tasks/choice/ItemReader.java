package org.rankgrid.tasks.choice;

import java.util.ArrayList;
import java.util.List;
import org.rankgrid.spi.task.DataLibrary;
import org.rankgrid.spi.task.Request.Continuation;

/**
 * Makes items of rows. Whether the choices are contexts (WinoGrande) is decided by the first row, as
 * lm-evaluation-harness does: its question is a whole number.
 */
final class ItemReader {

    private final ChoiceDefinition definition;
    private final boolean choicesAreContexts;
    private final Examples examples;

    private ItemReader(ChoiceDefinition definition, boolean choicesAreContexts, Examples examples) {
        this.definition = definition;
        this.choicesAreContexts = choicesAreContexts;
        this.examples = examples;
    }

    /**
     * The items of a task, in file order.
     *
     * @throws org.rankgrid.spi.InputException if a row does not fit, with file and line
     */
    static List<ChoiceItem> items(ChoiceDefinition definition, Rows rows, int shots, DataLibrary library) {
        Prompt prompt = definition.prompt();
        boolean choicesAreContexts = definition.hasChoices()
                && Rows.locating(definition, rows.rows().getFirst(), row -> prompt.question(row) instanceof Long);
        Examples examples = Examples.of(definition, shots, rows, choicesAreContexts, library);
        ItemReader reader = new ItemReader(definition, choicesAreContexts, examples);
        return rows.rows().stream()
                .map(row -> Rows.locating(definition, row, reader::item))
                .toList();
    }

    private ChoiceItem item(Row row) {
        Prompt prompt = definition.prompt();
        String before = prompt.description(row) + examples.before(row);
        Object question = prompt.question(row);
        if (choicesAreContexts) {
            List<String> choices = prompt.choices(row);
            String rest = continuation(row);
            return new ChoiceItem(
                    row.origin(),
                    choices.stream()
                            .map(choice -> new Continuation(before + choice, prompt.targetDelimiter() + rest))
                            .toList(),
                    choices,
                    Prompt.gold(question, choices));
        }
        if (!(question instanceof String text)) {
            throw new RowException(
                    "doc_to_text: the value is " + question + ", where a text was expected as in the first row");
        }
        String context = before + text;
        if (!definition.hasChoices()) {
            return new ChoiceItem(row.origin(), List.of(new Continuation(context, continuation(row))), List.of(), 0);
        }
        List<String> choices = prompt.choices(row);
        List<Continuation> continuations = new ArrayList<>();
        for (String choice : choices) {
            continuations.add(new Continuation(context, prompt.targetDelimiter() + choice));
        }
        return new ChoiceItem(row.origin(), continuations, choices, Prompt.gold(prompt.target(row), choices));
    }

    /** The target as the one continuation. */
    private String continuation(Row row) {
        Object target = definition.prompt().target(row);
        if (target instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new RowException("doc_to_target: the continuation is " + Row.describe(target)
                + ", where a text that is not empty was expected");
    }
}
