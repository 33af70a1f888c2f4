package org.rankgrid.tasks.choice;

import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What a task file calls as {@code process_docs}: from the fields of a row to those that prompts see. */
@FunctionalInterface
interface RowProcess {

    /**
     * The fields.
     *
     * @throws RowException if the row is not what the function is made for
     */
    SequencedMap<String, @Nullable Object> of(Row row);
}
