package org.rankgrid.tasks.choice;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.DataLibrary;
import org.rankgrid.spi.task.DataRow;
import org.rankgrid.spi.task.DataSet;

/**
 * The rows of a split, as a task's prompts see them.
 *
 * @param fingerprint of the bytes they were read from
 * @param rows in file order
 * @param features the names of the fields of all rows
 */
record Rows(String fingerprint, List<Row> rows, Set<String> features) {

    /**
     * Reads a split and does to each row what the task's {@code process_docs} says.
     *
     * @throws InputException if it is not there, or a row does not fit, with file and line
     */
    static Rows read(ChoiceDefinition definition, DataLibrary library, String split) {
        DataSet set = library.dataSet(definition.data().source(split));
        Set<String> features = new LinkedHashSet<>();
        List<Row> rows = new ArrayList<>();
        for (DataRow raw : set.rows()) {
            Row row = new Row(raw.origin(), raw.fields(), features);
            rows.add(locating(definition, row, it -> process(definition, it)));
            features.addAll(rows.getLast().fields().keySet());
        }
        return new Rows(set.fingerprint(), rows, features);
    }

    /**
     * Does something with a row.
     *
     * @throws InputException with the row's file and line where that throws a {@link RowException}
     */
    static <T> T locating(ChoiceDefinition definition, Row row, Function<Row, T> step) {
        try {
            return step.apply(row);
        } catch (RowException e) {
            throw new InputException(
                    row.origin() + " does not fit task " + definition.id() + " (" + definition.file() + "): "
                            + e.getMessage() + ".",
                    e);
        }
    }

    private static Row process(ChoiceDefinition definition, Row row) {
        return definition
                .process()
                .map(process -> row.with(process.function().of(row)))
                .orElse(row);
    }
}
