package org.rankgrid.tasks.choice;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The mean of the items' values and its standard error, the sample's standard deviation over sqrt(n): of zeros and ones,
 * sqrt(p (1 - p) / (n - 1)).
 *
 * @param value the mean
 * @param error its standard error; empty for one item
 */
record Mean(double value, OptionalDouble error) {

    static Mean of(List<Double> values) {
        int n = values.size();
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / n;
        if (n < 2) {
            return new Mean(mean, OptionalDouble.empty());
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Mean(mean, OptionalDouble.of(Math.sqrt(squares / (n - 1)) / Math.sqrt(n)));
    }
}
