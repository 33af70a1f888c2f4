package org.rankgrid.results.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rankgrid.results.cell.Item;

/**
 * The quotient of two perplexities over the same windows, with its 95 % confidence interval. The difference of the mean
 * negative log-likelihoods, weighted by the predicted tokens of the windows, is taken as Student-distributed with the
 * standard error of a ratio of means over windows; the interval is the exponential of that of the difference.
 *
 * @param quotient perplexity over perplexity of the baseline
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param windows pairs of windows
 */
record PairedRatio(double quotient, double low, double high, int windows) {

    /**
     * The ratio over a task's windows; empty if the two were not scored on the same windows, or there are fewer than two.
     */
    static Optional<PairedRatio> of(List<Item> items, List<Item> baseline, String task) {
        Map<Integer, Item.Window> base = windows(baseline, task);
        Map<Integer, Item.Window> own = windows(items, task);
        int count = own.size();
        if (count < 2 || !own.keySet().equals(base.keySet())) {
            return Optional.empty();
        }
        double[] weights = new double[count];
        double[] differences = new double[count];
        double tokens = 0;
        double sum = 0;
        int next = 0;
        for (Item.Window window : own.values()) {
            Item.Window other = base.get(window.index());
            if (other == null || other.tokens() != window.tokens()) {
                return Optional.empty();
            }
            weights[next] = window.tokens();
            differences[next] = window.nll() - other.nll();
            tokens += weights[next];
            sum += weights[next] * differences[next];
            next++;
        }
        double mean = sum / tokens;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double deviation = weights[i] / tokens * (differences[i] - mean);
            squares += deviation * deviation;
        }
        double error = Quantiles.student(count - 1) * Math.sqrt(squares * count / (count - 1));
        return Optional.of(new PairedRatio(Math.exp(mean), Math.exp(mean - error), Math.exp(mean + error), count));
    }

    private static Map<Integer, Item.Window> windows(List<Item> items, String task) {
        Map<Integer, Item.Window> windows = new TreeMap<>();
        for (Item item : items) {
            if (item instanceof Item.Window window && window.task().equals(task)) {
                windows.put(window.index(), window);
            }
        }
        return windows;
    }
}
