package org.rankgrid.numerics;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimises a smooth function in a box: steps of L-BFGS (Nocedal and Wright 2006, algorithm 7.4), clipped to the box and
 * halved until the value falls enough. Variables that the gradient pushes out of the box are held for the step.
 */
final class BoxDescent {

    private static final int MEMORY = 8;
    private static final int HALVINGS = 20;
    private static final double SUFFICIENT = 1e-4;
    private static final double SMALLEST_GRADIENT = 1e-4;
    private static final double SMALLEST_GAIN = 1e-9;

    /** A function and its gradient. */
    @FunctionalInterface
    interface Smooth {

        /** The value at a point; the gradient is written to the array given. */
        double at(double[] point, double[] gradient);
    }

    /** Where the descent ended. */
    record Minimum(double[] point, double value) {}

    private record Step(double[] moved, double[] bent, double product) {}

    private final Smooth function;
    private final double[] lower;
    private final double[] upper;
    private final Deque<Step> memory = new ArrayDeque<>();

    private BoxDescent(Smooth function, double[] lower, double[] upper) {
        this.function = function;
        this.lower = lower;
        this.upper = upper;
    }

    /** A local minimum from a start, or the lowest point after so many steps. */
    static Minimum from(double[] start, double[] lower, double[] upper, int steps, Smooth function) {
        return new BoxDescent(function, lower, upper).descend(start, steps);
    }

    private Minimum descend(double[] start, int steps) {
        double[] point = moved(start, new double[start.length], 0);
        double[] gradient = new double[start.length];
        double value = function.at(point, gradient);
        for (int step = 0; step < steps; step++) {
            double[] slope = withoutHeld(point, gradient);
            if (largest(slope) < SMALLEST_GRADIENT) {
                break;
            }
            double[] direction = direction(point, gradient, slope);
            double length = memory.isEmpty() ? Math.min(1, 1 / largest(slope)) : 1;
            double[] nextGradient = new double[start.length];
            double[] next = point;
            double nextValue = Double.POSITIVE_INFINITY;
            boolean found = false;
            for (int i = 0; i < HALVINGS && !found; i++) {
                next = moved(point, direction, length);
                nextValue = function.at(next, nextGradient);
                found = nextValue <= value + SUFFICIENT * dot(gradient, difference(next, point));
                length /= 2;
            }
            if (!found) {
                break;
            }
            remember(difference(next, point), difference(nextGradient, gradient));
            double gain = value - nextValue;
            point = next;
            value = nextValue;
            gradient = nextGradient;
            if (gain <= SMALLEST_GAIN * (1 + Math.abs(value))) {
                break;
            }
        }
        return new Minimum(point, value);
    }

    /** The two-loop recursion; down the slope itself where that does not lead down. */
    private double[] direction(double[] point, double[] gradient, double[] slope) {
        double[] direction = slope.clone();
        double[] weights = new double[memory.size()];
        int i = 0;
        for (Step step : memory) {
            weights[i] = dot(step.moved(), direction) / step.product();
            add(direction, step.bent(), -weights[i]);
            i++;
        }
        if (!memory.isEmpty()) {
            Step last = memory.getFirst();
            scale(direction, last.product() / dot(last.bent(), last.bent()));
        }
        for (Iterator<Step> oldest = memory.descendingIterator(); oldest.hasNext(); ) {
            Step step = oldest.next();
            i--;
            add(direction, step.moved(), weights[i] - dot(step.bent(), direction) / step.product());
        }
        scale(direction, -1);
        for (int d = 0; d < direction.length; d++) {
            direction[d] = held(point, gradient, d) ? 0 : direction[d];
        }
        if (dot(direction, slope) < 0) {
            return direction;
        }
        memory.clear();
        scale(direction, 0);
        add(direction, slope, -1);
        return direction;
    }

    private void remember(double[] moved, double[] bent) {
        double product = dot(moved, bent);
        if (product > 1e-10 * Math.sqrt(dot(moved, moved) * dot(bent, bent))) {
            memory.addFirst(new Step(moved, bent, product));
            if (memory.size() > MEMORY) {
                memory.removeLast();
            }
        }
    }

    private boolean held(double[] point, double[] gradient, int d) {
        return (point[d] <= lower[d] && gradient[d] > 0) || (point[d] >= upper[d] && gradient[d] < 0);
    }

    private double[] withoutHeld(double[] point, double[] gradient) {
        double[] slope = gradient.clone();
        for (int d = 0; d < slope.length; d++) {
            slope[d] = held(point, gradient, d) ? 0 : slope[d];
        }
        return slope;
    }

    private double[] moved(double[] point, double[] direction, double length) {
        double[] moved = new double[point.length];
        Arrays.setAll(moved, d -> Math.clamp(point[d] + length * direction[d], lower[d], upper[d]));
        return moved;
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = a.clone();
        add(difference, b, -1);
        return difference;
    }

    private static void add(double[] to, double[] vector, double times) {
        for (int d = 0; d < to.length; d++) {
            to[d] += times * vector[d];
        }
    }

    private static void scale(double[] vector, double by) {
        for (int d = 0; d < vector.length; d++) {
            vector[d] *= by;
        }
    }

    private static double largest(double[] vector) {
        return Arrays.stream(vector).map(Math::abs).max().orElse(0);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }
}
