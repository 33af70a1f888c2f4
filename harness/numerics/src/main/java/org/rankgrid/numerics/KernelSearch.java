package org.rankgrid.numerics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The kernel of a {@link GaussianProcess} of highest density, in the bounds of SMAC and OpenBox, which Bolaco uses
 * (ALGORITHMS B.2): descents from a given place and from some random ones.
 */
final class KernelSearch {

    private static final double[] LOG_SIGNAL = {-10, 2};
    private static final double[] LOG_LENGTH_SCALE = {-6.754111155189306, 0.0858637988771976};
    private static final double[] LOG_NOISE = {-25, 2};
    private static final double FIRST_SIGNAL = 2;
    private static final double FIRST_NOISE = 1e-8;
    private static final int STEPS = 60;

    private KernelSearch() {}

    /**
     * The kernel for some observations.
     *
     * @param values standardised
     * @param lengthScales of the first place to start from
     */
    static KernelParameters best(
            List<double[]> points, double[] values, double[] lengthScales, int restarts, long seed) {
        double[] lower = bounds(lengthScales.length, 0);
        double[] upper = bounds(lengthScales.length, 1);
        List<double[]> starts = new ArrayList<>();
        starts.add(KernelDensity.logarithms(new KernelParameters(FIRST_SIGNAL, lengthScales, FIRST_NOISE)));
        PythonRandom random = new PythonRandom(seed);
        for (int i = 0; i < restarts; i++) {
            double[] start = new double[lower.length];
            Arrays.setAll(start, d -> lower[d] + (upper[d] - lower[d]) * random.random());
            starts.add(start);
        }
        KernelDensity density = new KernelDensity(points, values);
        return starts.stream()
                .map(start -> BoxDescent.from(start, lower, upper, STEPS, density::negative))
                .min(Comparator.comparingDouble(BoxDescent.Minimum::value))
                .map(minimum -> KernelDensity.kernel(minimum.point()))
                .orElseThrow();
    }

    private static double[] bounds(int axes, int end) {
        double[] bounds = new double[axes + 2];
        Arrays.fill(bounds, LOG_LENGTH_SCALE[end]);
        bounds[0] = LOG_SIGNAL[end];
        bounds[axes + 1] = LOG_NOISE[end];
        return bounds;
    }
}
