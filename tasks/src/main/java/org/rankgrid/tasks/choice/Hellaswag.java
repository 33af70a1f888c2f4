package org.rankgrid.tasks.choice;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rankgrid.tasks.python.PythonText;

/** What lm-evaluation-harness does to a row of HellaSwag (its {@code hellaswag/utils.py}; EVALUATION F.2). */
final class Hellaswag {

    /** Python's {@code .} stops at a line feed only. */
    private static final Pattern BRACKETS = Pattern.compile("\\[.*?\\]", Pattern.UNIX_LINES);

    private Hellaswag() {}

    /** The row with {@code query}, {@code choices} and {@code gold}. */
    static SequencedMap<String, @Nullable Object> processDocs(Row row) {
        String context = row.text("ctx_a") + " " + PythonText.capitalize(row.text("ctx_b"));
        SequencedMap<String, @Nullable Object> fields = new LinkedHashMap<>(row.fields());
        fields.put("query", preprocess(row.text("activity_label") + ": " + context));
        fields.put(
                "choices",
                row.texts("endings").stream().map(Hellaswag::preprocess).toList());
        fields.put("gold", gold(row));
        return fields;
    }

    /** White space at the ends goes first, so that what the other steps leave there stays. */
    static String preprocess(String text) {
        String titled = PythonText.strip(text).replace(" [title]", ". ");
        return BRACKETS.matcher(titled).replaceAll("").replace("  ", " ");
    }

    private static Long gold(Row row) {
        Object label = row.value("label");
        if (label instanceof Long whole) {
            return whole;
        }
        if (label instanceof String text && text.matches("[0-9]{1,9}")) {
            return Long.valueOf(text);
        }
        throw new RowException(
                "the field 'label' is " + Row.describe(label) + ", where the number of an ending was expected");
    }
}
