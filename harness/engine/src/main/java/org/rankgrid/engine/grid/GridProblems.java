package org.rankgrid.engine.grid;

import java.util.List;
import org.rankgrid.data.yaml.YamlProblem;
import org.rankgrid.spi.InputException;

/** Everything that is wrong with a grid file, in the order of its lines. */
public final class GridProblems extends InputException {

    private static final long serialVersionUID = 1L;

    private final transient List<YamlProblem> problems;

    /** The problems; the message has a line for each. */
    public GridProblems(List<YamlProblem> problems) {
        super(String.join("\n", problems.stream().map(YamlProblem::toString).toList()));
        this.problems = List.copyOf(problems);
    }

    /** The problems, each with its position. */
    public List<YamlProblem> problems() {
        return problems;
    }
}
