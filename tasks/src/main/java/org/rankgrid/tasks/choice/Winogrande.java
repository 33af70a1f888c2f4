package org.rankgrid.tasks.choice;

import java.util.List;
import org.rankgrid.tasks.python.PythonText;

/**
 * WinoGrande by partial scoring, as lm-evaluation-harness has it ({@code winogrande/preprocess_winogrande.py}): the two ways
 * to fill the gap give two contexts, and what follows the gap is the one continuation.
 */
final class Winogrande {

    private Winogrande() {}

    /** {@code doc_to_text}: which of the contexts is right. */
    static Long answer(Row row) {
        return switch (row.text("answer")) {
            case "1" -> 0L;
            case "2" -> 1L;
            default ->
                throw new RowException("the field 'answer' is " + Row.describe(row.value("answer"))
                        + ", where '1' or '2' was expected");
        };
    }

    /** {@code doc_to_target}: what follows the gap. */
    static String rest(Row row) {
        return PythonText.strip(row.text("sentence").substring(gap(row) + 1));
    }

    /** {@code doc_to_choice}: what stands before the gap, with either option in it. */
    static List<String> contexts(Row row) {
        String before = row.text("sentence").substring(0, gap(row));
        return List.of(before + row.text("option1"), before + row.text("option2"));
    }

    private static int gap(Row row) {
        int gap = row.text("sentence").indexOf('_');
        if (gap < 0) {
            throw new RowException("the field 'sentence' has no gap '_'");
        }
        return gap;
    }
}
