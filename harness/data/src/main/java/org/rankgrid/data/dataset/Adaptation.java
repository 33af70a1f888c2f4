package org.rankgrid.data.dataset;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What is done to rows whose fields are not those of the set that task files are written for. */
enum Adaptation {
    /** Nothing. */
    NONE {
        @Override
        void apply(SequencedMap<String, @Nullable Object> fields) {}
    },
    /** The authors' BoolQ has {@code answer}, true or false; SuperGLUE's has {@code label}, 1 for true. */
    LABEL_OF_ANSWER {
        @Override
        void apply(SequencedMap<String, @Nullable Object> fields) {
            if (fields.get("answer") instanceof Boolean answer) {
                fields.putIfAbsent("label", answer ? 1L : 0L);
            }
        }
    };

    abstract void apply(SequencedMap<String, @Nullable Object> fields);

    /** The row as templates expect it. */
    SequencedMap<String, @Nullable Object> adapted(SequencedMap<String, @Nullable Object> fields) {
        SequencedMap<String, @Nullable Object> copy = new LinkedHashMap<>(fields);
        apply(copy);
        return copy;
    }
}
