package org.rankgrid.backends.scalar;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.rankgrid.spi.compute.PackedSequences;

/** Statistics of activations. Token by token in order, so the bits do not depend on how sequences are packed. */
final class ScalarMoments {

    private ScalarMoments() {}

    /** Adds x (t by n) to the lower triangle of the Gram matrix, the sums of groups, and the sums of |x|. */
    static void accumulate(HostTensor x, PackedSequences batch, int[] groups, HostMoments into) {
        int n = x.columns();
        for (int s = 0; s < batch.count(); s++) {
            into.countTokens(groups[s], batch.length(s));
            for (int row = batch.start(s); row < batch.end(s); row++) {
                float[] values = x.row(row);
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j <= i; j++) {
                        add(into.gram(), into.gramOffset(i, j), (double) values[i] * values[j]);
                    }
                    add(into.groupSums(), (long) groups[s] * n + i, values[i]);
                    add(into.absoluteSums(), i, Math.abs(values[i]));
                }
            }
        }
    }

    /** Adds a b, (a b)^2, a^2 and b^2 of every column, and the square of each sequence's sum of a b. */
    static void accumulateProducts(HostTensor a, HostTensor b, PackedSequences batch, HostProductSums into) {
        for (int s = 0; s < batch.count(); s++) {
            for (int j = 0; j < a.columns(); j++) {
                double sum = 0;
                for (int row = batch.start(s); row < batch.end(s); row++) {
                    double left = a.get(row, j);
                    double right = b.get(row, j);
                    double product = left * right;
                    sum += product;
                    add(into.squaredProducts(), j, product * product);
                    add(into.leftSquares(), j, left * left);
                    add(into.rightSquares(), j, right * right);
                }
                add(into.products(), j, sum);
                add(into.squaredSequenceProducts(), j, sum * sum);
            }
            into.countSequence(batch.length(s));
        }
    }

    private static void add(MemorySegment sums, long index, double value) {
        sums.setAtIndex(ValueLayout.JAVA_DOUBLE, index, sums.getAtIndex(ValueLayout.JAVA_DOUBLE, index) + value);
    }

    /** a.b / (|a| |b|) of corresponding rows; 0 where either is zero. */
    static void cosines(HostTensor a, HostTensor b, double[] into) {
        for (int r = 0; r < a.rows(); r++) {
            double[] left = ScalarLinear.doubles(a.row(r));
            double[] right = ScalarLinear.doubles(b.row(r));
            double product = 0;
            double leftSquares = 0;
            double rightSquares = 0;
            for (int j = 0; j < left.length; j++) {
                product += left[j] * right[j];
                leftSquares += left[j] * left[j];
                rightSquares += right[j] * right[j];
            }
            double lengths = Math.sqrt(leftSquares) * Math.sqrt(rightSquares);
            into[r] = lengths == 0 ? 0 : product / lengths;
        }
    }
}
