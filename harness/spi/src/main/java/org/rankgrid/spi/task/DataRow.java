package org.rankgrid.spi.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A row of a data set.
 *
 * @param origin file and line, or file and row, for messages
 * @param fields values by name: {@code String}, {@code Long}, {@code Double}, {@code Boolean}, null, {@code List} or
 *     {@code Map} of these
 */
public record DataRow(String origin, SequencedMap<String, @Nullable Object> fields) {

    /** Copies the fields, keeping their order. */
    public DataRow {
        fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
    }
}
