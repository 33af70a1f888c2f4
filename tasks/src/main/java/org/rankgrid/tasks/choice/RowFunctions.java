package org.rankgrid.tasks.choice;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.rankgrid.data.yaml.YamlScalar;
import org.rankgrid.spi.NearestNames;

/**
 * The functions that a task file may call: those of lm-evaluation-harness's task files that are ported here, under the name
 * of the set they belong to. Nothing else is code. That harness's own names are known too where they say what is meant;
 * {@code utils} only beside the set's {@code dataset_path}, as every task has its own.
 */
final class RowFunctions {

    private static final SequencedMap<String, RowProcess> PROCESSES = new LinkedHashMap<>();
    private static final SequencedMap<String, RowFunction> VALUES = new LinkedHashMap<>();

    static {
        PROCESSES.put("hellaswag.process_docs", Hellaswag::processDocs);
        VALUES.put("winogrande.doc_to_text", Winogrande::answer);
        VALUES.put("winogrande.doc_to_target", Winogrande::rest);
        VALUES.put("winogrande.doc_to_choice", Winogrande::contexts);
        VALUES.put("mathqa.doc_to_choice", MathQa::options);
        VALUES.put("race.doc_to_text", Race::context);
        VALUES.put("race.doc_to_target", Race::target);
        VALUES.put("race.doc_to_choice", Race::choices);
    }

    private static final Map<String, String> MODULES =
            Map.of("preprocess_winogrande", "winogrande", "preprocess_race", "race");

    private static final Map<String, String> SETS = Map.of(
            "Rowan/hellaswag", "hellaswag",
            "hellaswag", "hellaswag",
            "regisss/math_qa", "mathqa",
            "allenai/math_qa", "mathqa",
            "math_qa", "mathqa",
            "mathqa", "mathqa");

    private RowFunctions() {}

    /** A function with the name it has here. */
    record Named<F>(String name, F function) {}

    /**
     * The function that {@code process_docs} names.
     *
     * @param dataSet {@code dataset_path} of the task file
     * @throws org.rankgrid.spi.InputException with file and line if there is none of that name
     */
    static Named<RowProcess> process(YamlScalar scalar, String dataSet) {
        return find(PROCESSES, scalar, dataSet);
    }

    /**
     * The function that another key names.
     *
     * @param dataSet {@code dataset_path} of the task file
     * @throws org.rankgrid.spi.InputException with file and line if there is none of that name
     */
    static Named<RowFunction> value(YamlScalar scalar, String dataSet) {
        return find(VALUES, scalar, dataSet);
    }

    private static <F> Named<F> find(SequencedMap<String, F> functions, YamlScalar scalar, String dataSet) {
        List<String> known = List.copyOf(functions.keySet());
        if (!scalar.tag().equals(Optional.of("!function"))) {
            throw scalar.problem("the tag of " + scalar.describe() + " is not known: only !function is")
                    .exception();
        }
        String given = scalar.text();
        int dot = given.lastIndexOf('.');
        String module = given.substring(0, Math.max(dot, 0));
        String set = module.equals("utils") ? SETS.getOrDefault(dataSet, module) : MODULES.getOrDefault(module, module);
        String name = set + given.substring(Math.max(dot, 0));
        F function = functions.get(name);
        if (function == null) {
            throw scalar.problem("'!function " + given + "' is no function that is known here"
                            + NearestNames.hint(given, known) + ": known are " + String.join(", ", known))
                    .exception();
        }
        return new Named<>(name, function);
    }
}
