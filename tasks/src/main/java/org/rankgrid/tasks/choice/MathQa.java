package org.rankgrid.tasks.choice;

import java.util.List;
import java.util.regex.Pattern;
import org.rankgrid.tasks.python.PythonText;

/** What lm-evaluation-harness does to the options of MathQA ({@code mathqa/utils.py}; EVALUATION F.2). */
final class MathQa {

    private static final Pattern OPTION = Pattern.compile("[abcd] \\) .*?, |e \\) .*?$", Pattern.UNIX_LINES);

    /** Characters of {@code "a ) "}. */
    private static final int LETTER = 4;

    private MathQa() {}

    /** {@code doc_to_choice}: the options of {@code a ) 38 , b ) 27.675 , ...} one by one. */
    static List<String> options(Row row) {
        return OPTION.matcher(row.text("options"))
                .results()
                .map(option -> PythonText.rstrip(option.group().substring(LETTER), " ,"))
                .toList();
    }
}
