package org.rankgrid.results.report;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rankgrid.results.cell.Item;

/**
 * The difference of two accuracies on the same items, with its 95 % confidence interval.
 *
 * <p>Of items that are right or wrong the interval is that of Bonett and Price (Journal of Educational and Behavioral
 * Statistics 37, 2012): with b items right only here and c right only in the baseline, of n,
 * {@code p = (b + 1)/(n + 2)}, {@code q = (c + 1)/(n + 2)}, {@code p − q ± 1.96 √((p + q − (p − q)²)/(n + 2))}. It keeps its
 * level with few discordant items, where Student's is too narrow and, with none, has no width at all (Fagerland, Lydersen and
 * Laake, Statistics in Medicine 33, 2014). Of other values it is Student's.
 *
 * @param difference mean over items of the value less the baseline's, not adjusted
 * @param centre the middle of the interval
 * @param variance of the centre
 * @param error half the width of the interval
 * @param items pairs of items
 */
record AccuracyDifference(double difference, double centre, double variance, double error, int items) {

    private record Key(String task, int index) {}

    /**
     * The difference over the items of some tasks; empty if the two were not scored on the same items, or there are fewer
     * than two.
     *
     * @param tasks a task, or the leaves of a group, whose items all count the same
     */
    static Optional<AccuracyDifference> of(List<Item> items, List<Item> baseline, Set<String> tasks, String metric) {
        Map<Key, Item.Choice> base = new HashMap<>();
        choices(baseline, tasks, metric).forEach(item -> base.put(key(item), item));
        List<Item.Choice> own = choices(items, tasks, metric);
        int n = own.size();
        if (n < 2 || n != base.size()) {
            return Optional.empty();
        }
        double[] differences = new double[n];
        boolean binary = true;
        for (int i = 0; i < n; i++) {
            Item.Choice item = own.get(i);
            Item.Choice other = base.remove(key(item));
            if (other == null || other.gold() != item.gold()) {
                return Optional.empty();
            }
            double value = value(item, metric);
            double reference = value(other, metric);
            binary &= isBinary(value) && isBinary(reference);
            differences[i] = value - reference;
        }
        return Optional.of(binary ? ofProportions(differences) : ofMeans(differences));
    }

    /**
     * The mean of the differences on several tasks, which count the same however many items they have; their items are
     * independent, so that variances add up.
     */
    static AccuracyDifference mean(Collection<AccuracyDifference> tasks) {
        int count = tasks.size();
        double difference = 0;
        double centre = 0;
        double variance = 0;
        int items = 0;
        for (AccuracyDifference task : tasks) {
            difference += task.difference / count;
            centre += task.centre / count;
            variance += task.variance / count / count;
            items += task.items;
        }
        return new AccuracyDifference(difference, centre, variance, Quantiles.NORMAL * Math.sqrt(variance), items);
    }

    /** The smallest distance from the difference that covers the interval, whose middle lies a little nearer to zero. */
    double reach() {
        return error + Math.abs(centre - difference);
    }

    private static AccuracyDifference ofProportions(double[] differences) {
        int n = differences.length;
        int gained = 0;
        int lost = 0;
        for (double difference : differences) {
            gained += difference > 0 ? 1 : 0;
            lost += difference < 0 ? 1 : 0;
        }
        double p = (gained + 1.0) / (n + 2);
        double q = (lost + 1.0) / (n + 2);
        double variance = (p + q - (p - q) * (p - q)) / (n + 2);
        double difference = (double) (gained - lost) / n;
        return new AccuracyDifference(difference, p - q, variance, Quantiles.NORMAL * Math.sqrt(variance), n);
    }

    private static AccuracyDifference ofMeans(double[] differences) {
        int n = differences.length;
        double sum = 0;
        for (double difference : differences) {
            sum += difference;
        }
        double mean = sum / n;
        double squares = 0;
        for (double difference : differences) {
            squares += (difference - mean) * (difference - mean);
        }
        double variance = squares / (n - 1) / n;
        return new AccuracyDifference(mean, mean, variance, Quantiles.student(n - 1) * Math.sqrt(variance), n);
    }

    /** The items of some tasks, once each, though a task may be asked for and be a part of a group too. */
    private static List<Item.Choice> choices(List<Item> items, Set<String> tasks, String metric) {
        return items.stream()
                .filter(item -> tasks.contains(item.task()))
                .filter(Item.Choice.class::isInstance)
                .map(Item.Choice.class::cast)
                .filter(choice -> choice.metrics().containsKey(metric))
                .distinct()
                .toList();
    }

    private static Key key(Item.Choice item) {
        return new Key(item.task(), item.index());
    }

    private static double value(Item.Choice item, String metric) {
        return item.metrics().getOrDefault(metric, Double.NaN);
    }

    private static boolean isBinary(double value) {
        return value == 0 || value == 1;
    }
}
