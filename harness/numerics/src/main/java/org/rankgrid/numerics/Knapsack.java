package org.rankgrid.numerics;

import java.util.List;

/**
 * The multiple-choice knapsack of rank allocation, solved exactly: one point on every error curve, the smallest sum of errors
 * within the budget (ALGORITHMS D.2).
 *
 * <p>The hulls give a price of a parameter, a lower bound and a first plan. A point whose error at that price exceeds its
 * layer's best by more than the gap between plan and bound cannot be part of a better plan, nor can a combination of points
 * whose excesses add up to more. A dynamic program over the parameters spent runs through what is left: first in coarse
 * units, costs rounded up, which narrows the gap, at last in units of the greatest common divisor of all costs.
 *
 * <p>Time and memory are bounded. Where the last programs would pass the bound, the best plan so far is the answer, and the
 * lower bound tells how far it is from the best at most.
 */
public final class Knapsack {

    /** The first program has at most so many units of cost; each next one has four times as many at most. */
    private static final long FIRST_WIDTH = 1 << 14;

    private static final long REFINEMENT = 4;

    /** Rounding may make the best plan look worse than its bound by this share. */
    private static final double ROUNDING = 1e-11;

    private Knapsack() {}

    /**
     * The best selection within a budget.
     *
     * @param budget parameters the layers may keep together; where it does not even pay for the cheapest points, these are
     *     chosen
     */
    public static Selection within(long budget, List<ErrorCurve> curves) {
        return within(budget, curves, KnapsackProgram.Effort.USUAL);
    }

    static Selection within(long budget, List<ErrorCurve> curves, KnapsackProgram.Effort effort) {
        LowerHull hull = LowerHull.descend(budget, curves);
        int[] best = hull.points();
        double error = Selection.error(curves, best);
        long unit = unit(curves, hull.pointsAtPrice());
        if (Selection.cost(curves, best) > budget || hull.price() == 0 || unit == 0) {
            return Selection.of(curves, best, hull.lowerBound());
        }
        double slack = ROUNDING * (Math.abs(error) + hull.price() * budget);
        long grain = 0;
        while (grain != unit) {
            KnapsackProgram program = new KnapsackProgram(budget, curves, hull, error - hull.lowerBound() + slack);
            grain = grain == 0 ? firstGrain(program, unit) : Math.max(unit, grain / REFINEMENT);
            KnapsackProgram.Result result = program.solve(grain, effort);
            if (!result.finished()) {
                return Selection.of(curves, best, hull.lowerBound());
            }
            double found = Selection.error(curves, result.points());
            if (found < error) {
                best = result.points();
                error = found;
            }
        }
        return Selection.of(curves, best, error);
    }

    private static long firstGrain(KnapsackProgram program, long unit) {
        long grain = unit;
        while (program.width() / grain > FIRST_WIDTH) {
            grain *= REFINEMENT;
        }
        return grain;
    }

    /** The greatest common divisor of the costs of all points against those of a reference. */
    private static long unit(List<ErrorCurve> curves, int[] reference) {
        long unit = 0;
        for (int i = 0; i < reference.length; i++) {
            ErrorCurve curve = curves.get(i);
            for (int point = 0; point < curve.points(); point++) {
                unit = gcd(unit, Math.abs(curve.cost(point) - curve.cost(reference[i])));
            }
        }
        return unit;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
