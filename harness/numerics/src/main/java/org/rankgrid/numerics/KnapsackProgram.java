package org.rankgrid.numerics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The dynamic program of {@link Knapsack} over what its bounds leave of the curves. Costs count from the points that are best
 * at the price; the excess of a point is its error plus its price, less that of its layer's best.
 */
final class KnapsackProgram {

    /**
     * How much a program may use.
     *
     * @param cells of the table that remembers the choices, two bytes each
     * @param steps of the innermost loop
     */
    record Effort(long cells, long steps) {

        /** Up to 128 MB of choices, as much again of states, and several seconds. */
        static final Effort USUAL = new Effort(1L << 26, 4_000_000_000L);
    }

    /**
     * What a program found.
     *
     * @param finished whether the effort sufficed; if not there are no points
     * @param points one a layer
     */
    record Result(boolean finished, int[] points) {}

    /** A point with its cost from the reference. */
    private record Candidate(int point, long cost, double error) {}

    /** A point in units of the grain, its excess counted with the cost rounded up. */
    private record Step(int point, int units, double excess) {}

    private final List<List<Candidate>> candidates = new ArrayList<>();
    private final double price;
    private final double gap;
    private final long capacity;
    private final int layers;

    /**
     * A program.
     *
     * @param gap by how much the excesses of a plan worth finding may add up at most
     */
    KnapsackProgram(long budget, List<ErrorCurve> curves, LowerHull hull, double gap) {
        int[] reference = hull.pointsAtPrice();
        this.price = hull.price();
        this.gap = gap;
        this.capacity = budget - Selection.cost(curves, reference);
        this.layers = reference.length;
        for (int i = 0; i < layers; i++) {
            ErrorCurve curve = curves.get(i);
            List<Candidate> left = new ArrayList<>();
            for (int point = 0; point < curve.points(); point++) {
                long cost = curve.cost(point) - curve.cost(reference[i]);
                double error = curve.error(point) - curve.error(reference[i]);
                if (point == reference[i] || error + price * cost <= gap) {
                    left.add(new Candidate(point, cost, error));
                }
            }
            candidates.add(left);
        }
    }

    /** The spread of the parameters that plans of the points left can have. */
    long width() {
        long width = 0;
        for (List<Candidate> layer : candidates) {
            width += layer.getLast().cost() - layer.getFirst().cost();
        }
        return width;
    }

    /** The plan of smallest error if every cost is rounded up to a multiple of the grain. */
    Result solve(long grain, Effort effort) {
        int units = Math.clamp(Math.floorDiv(capacity, grain), Integer.MIN_VALUE / 2, Integer.MAX_VALUE / 2);
        List<List<Step>> steps =
                candidates.stream().map(layer -> steps(layer, grain)).toList();
        int[] offsets = new int[layers];
        char[][] choices = new char[layers][];
        double[] excesses = {0};
        int offset = 0;
        long cells = 0;
        long work = 0;
        for (int i = 0; i < layers; i++) {
            List<Step> layer = steps.get(i);
            int least = layer.stream().mapToInt(Step::units).min().orElseThrow();
            int most = layer.stream().mapToInt(Step::units).max().orElseThrow();
            long width = (long) excesses.length + most - least;
            cells += width;
            work += (long) excesses.length * layer.size();
            boolean tooWide = width > effort.cells() / 8;
            if (tooWide || cells > effort.cells() || work > effort.steps()) {
                return new Result(false, new int[0]);
            }
            double[] next = new double[(int) width];
            char[] choice = new char[(int) width];
            Arrays.fill(next, Double.POSITIVE_INFINITY);
            relax(excesses, layer, least, next, choice);
            int first = first(next);
            int last = last(next);
            excesses = Arrays.copyOfRange(next, first, last + 1);
            choices[i] = Arrays.copyOfRange(choice, first, last + 1);
            offset += least + first;
            offsets[i] = offset;
            cells += excesses.length - width;
        }
        return new Result(true, trace(steps, offsets, choices, cheapest(excesses, offset, units, grain)));
    }

    private void relax(double[] excesses, List<Step> layer, int least, double[] next, char[] choice) {
        int[] shifts = layer.stream().mapToInt(step -> step.units() - least).toArray();
        double[] costs = layer.stream().mapToDouble(Step::excess).toArray();
        for (int state = 0; state < excesses.length; state++) {
            double left = gap - excesses[state];
            if (left < 0) {
                continue;
            }
            for (int step = 0; step < costs.length && costs[step] <= left; step++) {
                double excess = excesses[state] + costs[step];
                int to = state + shifts[step];
                if (excess < next[to]) {
                    next[to] = excess;
                    choice[to] = (char) step;
                }
            }
        }
    }

    private static int first(double[] values) {
        int first = 0;
        while (values[first] == Double.POSITIVE_INFINITY) {
            first++;
        }
        return first;
    }

    private static int last(double[] values) {
        int last = values.length - 1;
        while (values[last] == Double.POSITIVE_INFINITY) {
            last--;
        }
        return last;
    }

    /** The state within the capacity whose plan has the smallest error: its excess, less what its parameters are worth. */
    private int cheapest(double[] excesses, int offset, int capacity, long grain) {
        int best = -offset;
        double least = Double.POSITIVE_INFINITY;
        for (int state = 0; state < excesses.length && state + offset <= capacity; state++) {
            double error = excesses[state] - price * grain * (state + offset);
            if (error < least) {
                least = error;
                best = state;
            }
        }
        return best + offset;
    }

    private int[] trace(List<List<Step>> steps, int[] offsets, char[][] choices, int last) {
        int[] points = new int[layers];
        int units = last;
        for (int i = layers - 1; i >= 0; i--) {
            Step step = steps.get(i).get(choices[i][units - offsets[i]]);
            points[i] = step.point();
            units -= step.units();
        }
        return points;
    }

    /** Of points that round to the same cost only the best; in the order of their excess. */
    private List<Step> steps(List<Candidate> layer, long grain) {
        List<Step> steps = new ArrayList<>();
        for (Candidate candidate : layer) {
            int units = (int) Math.ceilDiv(candidate.cost(), grain);
            Step step = new Step(candidate.point(), units, candidate.error() + price * grain * units);
            if (!steps.isEmpty() && steps.getLast().units() == units) {
                if (steps.getLast().excess() <= step.excess()) {
                    continue;
                }
                steps.removeLast();
            }
            steps.add(step);
        }
        steps.sort(Comparator.comparingDouble(Step::excess));
        return steps;
    }
}
