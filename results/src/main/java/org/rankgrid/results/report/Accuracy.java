package org.rankgrid.results.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Item;

/**
 * An accuracy beside that of the dense model.
 *
 * @param value the share of items that are right
 * @param difference to the dense model's; empty for the dense model itself, and where it has none
 * @param paired that difference over the items; empty where their logs do not say the same as the scores
 */
record Accuracy(double value, OptionalDouble difference, Optional<AccuracyDifference> paired) {

    /** How far a difference of scores may be from that of the items. */
    private static final double ROUNDING = 1e-9;

    /** The accuracy of a cell; empty if it has none. */
    static Optional<Accuracy> of(
            Metric metric, CellResult cell, Optional<CellResult> dense, Function<CellResult, List<Item>> items) {
        return metric.value(cell).map(value -> {
            Optional<Double> difference = dense.flatMap(metric::value).map(base -> value - base);
            Optional<AccuracyDifference> paired = dense.filter(_ -> difference.isPresent())
                    .flatMap(base -> AccuracyDifference.of(
                            items.apply(cell), items.apply(base), cell.withParts(metric.task()), metric.name()))
                    .filter(pairs -> Math.abs(pairs.difference() - difference.orElseThrow()) < ROUNDING);
            return new Accuracy(value, difference.map(OptionalDouble::of).orElseGet(OptionalDouble::empty), paired);
        });
    }

    /** The mean of some accuracies, each counted the same; its difference is there where all of theirs are. */
    static Accuracy mean(List<Accuracy> accuracies) {
        double count = accuracies.size();
        List<AccuracyDifference> paired = accuracies.stream()
                .flatMap(accuracy -> accuracy.paired.stream())
                .toList();
        return new Accuracy(
                accuracies.stream().mapToDouble(Accuracy::value).sum() / count,
                accuracies.stream().allMatch(accuracy -> accuracy.difference.isPresent())
                        ? OptionalDouble.of(accuracies.stream()
                                        .flatMapToDouble(accuracy -> accuracy.difference.stream())
                                        .sum()
                                / count)
                        : OptionalDouble.empty(),
                paired.size() == accuracies.size() ? Optional.of(AccuracyDifference.mean(paired)) : Optional.empty());
    }

    /** The value in percent, its difference in points, and how far the interval of that reaches: {@code 43.5 -2.0±3.1}. */
    String text() {
        StringBuilder text = new StringBuilder(Figures.points(value));
        difference.ifPresent(points -> text.append(' ').append(Figures.pointsDifference(points)));
        paired.ifPresent(pairs -> text.append('±').append(Figures.pointsAtLeast(pairs.reach())));
        return text.toString();
    }
}
