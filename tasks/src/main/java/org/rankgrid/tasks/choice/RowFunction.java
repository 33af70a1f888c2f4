package org.rankgrid.tasks.choice;

import org.jspecify.annotations.Nullable;

/** What a task file calls as {@code doc_to_text: !function NAME} and the like: a text, a list of texts or an index. */
@FunctionalInterface
interface RowFunction {

    /**
     * The value for a row.
     *
     * @throws RowException if the row is not what the function is made for
     */
    @Nullable
    Object of(Row row);
}
