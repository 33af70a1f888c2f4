package org.rankgrid.allocators.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.rankgrid.spi.rank.RankWish;

/**
 * Tries values of one option at equal steps from 0 to 1.
 *
 * @param name of the option, for the facts
 * @param values how many, at least 2
 */
public record GridSearch(String name, int values) {

    /** Checks that there is something to choose from. */
    public GridSearch {
        if (values < 2) {
            throw new IllegalArgumentException(values + " values of " + name + " leave no choice");
        }
    }

    /**
     * The wish whose plan, repaired to the budget, has the highest likelihood, the lowest value on ties. Its facts are
     * the value, under the name, and the {@code trace}: each value with its negative log-likelihood.
     */
    public RankWish best(PlanScores scores, DoubleFunction<RankWish> wishes) {
        List<Object> trace = new ArrayList<>();
        double best = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < values; i++) {
            double value = (double) i / (values - 1);
            double nll = scores.nll(scores.repaired(wishes.apply(value)));
            trace.add(List.of(value, nll));
            if (nll < lowest) {
                lowest = nll;
                best = value;
            }
        }
        return wishes.apply(best).with(name, best).with("trace", trace);
    }
}
