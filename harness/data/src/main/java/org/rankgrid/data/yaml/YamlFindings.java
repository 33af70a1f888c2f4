package org.rankgrid.data.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is found wrong or odd while a tree is read, so that all of it can be shown at once. */
public final class YamlFindings {

    private static final Comparator<YamlProblem> BY_LINE = Comparator.comparing(
            YamlProblem::position, Comparator.comparingInt(YamlPosition::line).thenComparingInt(YamlPosition::column));

    private final List<YamlProblem> problems = new ArrayList<>();
    private final List<YamlProblem> warnings = new ArrayList<>();

    /** Adds something that makes the text unusable. */
    public void problem(YamlProblem problem) {
        problems.add(problem);
    }

    /** Adds something that is odd but has a clear meaning. */
    public void warning(YamlProblem warning) {
        warnings.add(warning);
    }

    /** How many problems were added so far, to see whether a step added one. */
    public int problemCount() {
        return problems.size();
    }

    /** The problems, none twice, in the order of the text; those without a line first. */
    public List<YamlProblem> problems() {
        return problems.stream().distinct().sorted(BY_LINE).toList();
    }

    /** The warnings, none twice, in the order of the text; those without a line first. */
    public List<YamlProblem> warnings() {
        return warnings.stream().distinct().sorted(BY_LINE).toList();
    }
}
