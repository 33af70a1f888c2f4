package org.rankgrid.allocators.asvd;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * ASVD's search for truncation ratios. Its list holds every layer at every ratio, the most harmful first; whatever stands
 * before the cut is forbidden, and each layer takes the smallest ratio that is left to it, or 1 (ALGORITHMS D.4).
 */
final class TruncationSearch {

    /**
     * A layer at a ratio.
     *
     * @param harm larger is worse
     */
    record Entry(int layer, double ratio, double harm) {}

    private final List<Entry> entries;
    private final long[] parameters;
    private final double total;

    /**
     * A search.
     *
     * @param entries in any order; equal ones stay in it
     * @param parameters one number a layer
     */
    TruncationSearch(List<Entry> entries, long[] parameters) {
        this.entries = entries.stream()
                .sorted(Comparator.comparingDouble(Entry::harm).reversed())
                .toList();
        this.parameters = parameters.clone();
        this.total = Arrays.stream(parameters).sum();
    }

    /** The ratios that are left behind a cut: one a layer. */
    double[] behind(int cut) {
        double[] ratios = new double[parameters.length];
        Arrays.fill(ratios, 1);
        for (Entry entry : entries.subList(cut, entries.size())) {
            ratios[entry.layer()] = Math.min(ratios[entry.layer()], entry.ratio());
        }
        return ratios;
    }

    /** The share of all parameters that ratios keep, nominally. */
    double kept(double[] ratios) {
        double sum = 0;
        for (int i = 0; i < ratios.length; i++) {
            sum += parameters[i] * ratios[i];
        }
        return sum / total;
    }

    /**
     * The cut that the released code applies: the last one that its bisection looked at, which may keep more than the
     * target.
     */
    double[] released(double target) {
        int low = 0;
        int high = entries.size() - 1;
        int last = 0;
        while (low < high) {
            last = (low + high) / 2;
            if (kept(behind(last)) > target) {
                high = last;
            } else {
                low = last + 1;
            }
        }
        return behind(last);
    }

    /** The last cut that keeps no more than the target; the first if none does. */
    double[] clean(double target) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (kept(behind(middle)) <= target) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return behind(low);
    }
}
