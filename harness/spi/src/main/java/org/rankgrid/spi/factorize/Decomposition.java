package org.rankgrid.spi.factorize;

import java.util.List;
import java.util.Optional;

/**
 * A full decomposition of a weight: the rank-k approximation is A B with A the first k columns of {@code left} and B the
 * first k rows of {@code right}, and with k = K it is W itself up to rounding.
 *
 * <p>Where the inputs were centred first, the layer is approximated around their mean: W x becomes
 * A (B x - B mean) + W mean, a bias that depends on k.
 *
 * @param rows m
 * @param columns n
 * @param spectrum K = min(m, n) squared singular values, descending: the loss of keeping k components is the sum of those
 *     after the k-th
 * @param left m by K, row-major
 * @param right K by n, row-major
 * @param centre the mean input the approximation is exact at, n values; empty for one without a bias
 * @param notes what was repaired on the way (damping and its size, for one): recorded with every result, empty if nothing
 */
public record Decomposition(
        int rows,
        int columns,
        double[] spectrum,
        float[] left,
        float[] right,
        Optional<double[]> centre,
        List<String> notes) {

    /** Checks sizes. */
    public Decomposition {
        int components = Math.min(rows, columns);
        if (spectrum.length != components || left.length != rows * components || right.length != components * columns) {
            throw new IllegalArgumentException("a " + rows + " x " + columns + " weight has " + components
                    + " components, not a spectrum of " + spectrum.length + ", " + left.length + " values left and "
                    + right.length + " right");
        }
        if (centre.isPresent() && centre.get().length != columns) {
            throw new IllegalArgumentException(
                    "a centre of " + centre.get().length + " values for " + columns + " columns");
        }
        notes = List.copyOf(notes);
    }

    /** A decomposition around zero, which adds no bias. */
    public Decomposition(int rows, int columns, double[] spectrum, float[] left, float[] right, List<String> notes) {
        this(rows, columns, spectrum, left, right, Optional.empty(), notes);
    }

    /** K = min(m, n). */
    public int components() {
        return spectrum.length;
    }
}
