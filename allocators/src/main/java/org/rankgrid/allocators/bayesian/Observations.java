package org.rankgrid.allocators.bayesian;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.rankgrid.spi.rank.RankPlan;

/** The points tried so far, in order. */
final class Observations {

    private final List<double[]> points = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();
    private final Set<RankPlan> plans = new HashSet<>();

    void add(double[] point, RankPlan plan, double value) {
        points.add(point);
        values.add(value);
        plans.add(plan);
    }

    int size() {
        return points.size();
    }

    boolean tried(RankPlan plan) {
        return plans.contains(plan);
    }

    List<double[]> points() {
        return Collections.unmodifiableList(points);
    }

    double[] values() {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Indexes of the points with the lowest values, lowest first, the earlier one on ties. */
    List<Integer> lowest(int count) {
        return IntStream.range(0, size())
                .boxed()
                .sorted(Comparator.comparing(values::get))
                .limit(count)
                .toList();
    }

    int best() {
        return lowest(1).getFirst();
    }
}
