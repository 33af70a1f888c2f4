package org.rankgrid.allocators.components;

import java.util.ArrayList;
import java.util.List;
import org.rankgrid.numerics.ErrorCurve;
import org.rankgrid.numerics.LowerHull;
import org.rankgrid.spi.allocate.ComponentGradient;
import org.rankgrid.spi.rank.RankPlan;

/**
 * The loss expanded around the model under a plan, as one error curve a layer (ALGORITHMS D.14). With the current rank r of a
 * layer (K if it is dense), scores F and products p:
 *
 * <pre>
 *   error(k) = 1/2 sum of F over k &lt; j &lt;= r   below r, and 0 above it
 *            - sum of p over k &lt; j &lt;= r        below, and + sum of p over r &lt; j &lt;= k above: the first-order terms
 * </pre>
 *
 * @param score the curvature
 * @param firstOrder whether first-order terms are added; without them only ranks below the current ones are told apart
 * @param trust the largest change of a rank as a share of it; 0 for any
 */
public record Expansion(ComponentScore score, boolean firstOrder, double trust) {

    /** The plan within a budget that the expansion around another likes best. */
    public RankPlan next(RankPlan plan, List<ComponentGradient> gradients, long budget) {
        List<double[]> errors = errors(plan, gradients);
        List<ErrorCurve> curves = new ArrayList<>();
        if (trust > 0) {
            curves.addAll(new TrustRegion(plan, trust).curves(errors));
        } else {
            for (int i = 0; i < errors.size(); i++) {
                curves.add(ErrorCurve.of(plan.layers().get(i), errors.get(i), true));
            }
        }
        return LowerHull.within(budget, curves).plan();
    }

    /** The errors of every layer around a plan, with the first k components kept at index k - 1. */
    public List<double[]> errors(RankPlan plan, List<ComponentGradient> gradients) {
        List<double[]> errors = new ArrayList<>();
        for (int i = 0; i < gradients.size(); i++) {
            double[] scores = score.of(gradients.get(i));
            errors.add(errors(scores, gradients.get(i).products(), plan.isDense(i) ? scores.length : plan.rank(i)));
        }
        return errors;
    }

    /** The error with the first k components kept, at index k - 1. */
    double[] errors(double[] scores, double[] products, int rank) {
        double[] errors = new double[scores.length];
        for (int k = rank - 1; k >= 1; k--) {
            errors[k - 1] = errors[k] + scores[k] / 2 - (firstOrder ? products[k] : 0);
        }
        for (int k = rank + 1; k <= scores.length; k++) {
            errors[k - 1] = errors[k - 2] + (firstOrder ? products[k - 1] : 0);
        }
        return errors;
    }
}
