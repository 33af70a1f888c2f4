package org.rankgrid.numerics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Greedy descent on the lower convex hulls of error curves (ALGORITHMS D.2): among all layers' hull segments the one that
 * saves most error a parameter comes first. Where no layer may stay dense and spectra are given, this is the plain greedy
 * choice of components.
 */
public final class LowerHull {

    private static final Comparator<Segment> STEEPEST_FIRST =
            Comparator.comparingDouble(Segment::slope).thenComparingInt(Segment::layer);

    /** From one corner of a layer's hull to the next; the slope is change of error over change of cost, not positive. */
    private record Segment(int layer, int corner, long cost, double slope) {}

    private final long budget;
    private final List<ErrorCurve> curves;
    private final int[][] corners;

    /** The corner where each layer stands; an index into its corners. */
    private final int[] at;

    /** Error saved by one more parameter where the budget first refused a segment; 0 if it refused none. */
    private double price;

    /** The points where each layer stood then. */
    private int[] pointsAtPrice;

    private double lowerBound;

    private LowerHull(long budget, List<ErrorCurve> curves) {
        this.budget = budget;
        this.curves = List.copyOf(curves);
        this.corners = curves.stream().map(LowerHull::corners).toArray(int[][]::new);
        this.at = new int[corners.length];
        this.pointsAtPrice = points();
    }

    /**
     * Chooses a point on every curve. All layers start at their cheapest point; a segment that does not fit any more ends its
     * layer's descent, and cheaper ones go on; the lowest index comes first on ties. The lower bound is the Lagrangian one
     * at the first segment that did not fit.
     *
     * @param budget parameters the layers may keep together; where it does not even pay for the cheapest points, these are
     *     chosen
     */
    public static Selection within(long budget, List<ErrorCurve> curves) {
        LowerHull hull = descend(budget, curves);
        return Selection.of(hull.curves, hull.points(), hull.lowerBound);
    }

    /** The descent with all that it found out. */
    static LowerHull descend(long budget, List<ErrorCurve> curves) {
        LowerHull hull = new LowerHull(budget, curves);
        hull.descend();
        return hull;
    }

    double price() {
        return price;
    }

    int[] pointsAtPrice() {
        return pointsAtPrice.clone();
    }

    double lowerBound() {
        return lowerBound;
    }

    int[] points() {
        int[] points = new int[at.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = corners[i][at[i]];
        }
        return points;
    }

    private void descend() {
        PriorityQueue<Segment> queue = new PriorityQueue<>(STEEPEST_FIRST);
        for (int i = 0; i < at.length; i++) {
            offerNext(queue, i);
        }
        long left = budget - Selection.cost(curves, points());
        boolean refused = false;
        for (Segment next = queue.poll(); next != null; next = queue.poll()) {
            int i = next.layer();
            if (next.cost() <= left) {
                left -= next.cost();
                at[i] = next.corner();
                offerNext(queue, i);
            } else if (!refused) {
                refused = true;
                price = -next.slope();
                pointsAtPrice = points();
                lowerBound = Selection.error(curves, pointsAtPrice) - price * Math.max(left, 0);
            }
        }
        if (!refused) {
            pointsAtPrice = points();
            lowerBound = Selection.error(curves, pointsAtPrice);
        }
    }

    private void offerNext(PriorityQueue<Segment> queue, int i) {
        int next = at[i] + 1;
        if (next == corners[i].length) {
            return;
        }
        ErrorCurve curve = curves.get(i);
        int from = corners[i][at[i]];
        int to = corners[i][next];
        long cost = curve.cost(to) - curve.cost(from);
        double slope = (curve.error(to) - curve.error(from)) / cost;
        // Past its lowest error a curve has nothing to offer.
        if (slope <= 0) {
            queue.add(new Segment(i, next, cost, slope));
        }
    }

    /** The points on the lower hull, those inside its straight segments too: they are finer steps at the same price. */
    private static int[] corners(ErrorCurve curve) {
        List<Integer> hull = new ArrayList<>();
        for (int point = 0; point < curve.points(); point++) {
            while (hull.size() > 1 && isAbove(curve, hull.get(hull.size() - 2), hull.getLast(), point)) {
                hull.removeLast();
            }
            hull.add(point);
        }
        return hull.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Whether the middle point lies above the line between the others. */
    private static boolean isAbove(ErrorCurve curve, int left, int middle, int right) {
        double drop = curve.error(left) - curve.error(middle);
        double wholeDrop = curve.error(left) - curve.error(right);
        return drop * (curve.cost(right) - curve.cost(left)) < wholeDrop * (curve.cost(middle) - curve.cost(left));
    }
}
