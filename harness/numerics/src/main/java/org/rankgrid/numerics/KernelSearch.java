package org.rankgrid.numerics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleBounds;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.BOBYQAOptimizer;
import org.jspecify.annotations.Nullable;

/**
 * The kernel of a {@link GaussianProcess} by maximum marginal likelihood times priors: a log-normal one on the signal and a
 * horseshoe on the noise, in the bounds of OpenBox and SMAC, which Bolaco uses (ALGORITHMS B.2). The search is Powell's BOBYQA on
 * the logarithms, from a given place and some random ones.
 */
final class KernelSearch {

    private static final double[] SIGNAL = {-10, 2};
    private static final double[] LENGTH_SCALE = {-6.754111155189306, 0.0858637988771976};
    private static final double[] NOISE = {-25, 2};
    private static final double FIRST_SIGNAL = 2;
    private static final double FIRST_NOISE = 1e-8;
    private static final double HORSESHOE_SCALE = 0.1;

    private static final double FIRST_RADIUS = 0.2;
    private static final double LAST_RADIUS = 1e-3;
    private static final int EVALUATIONS_AN_AXIS = 25;

    private final List<double[]> points;
    private final double[] values;
    private final double[] lengthScales;
    private double bestDensity = Double.NEGATIVE_INFINITY;
    private @Nullable KernelParameters best;

    KernelSearch(List<double[]> points, double[] values, double[] lengthScales) {
        this.points = points;
        this.values = values;
        this.lengthScales = lengthScales;
    }

    /** The most likely kernel seen, over a search from the given place and some from random ones. */
    KernelParameters best(int restarts, long seed) {
        PythonRandom random = new PythonRandom(seed);
        List<double[]> starts = new ArrayList<>();
        starts.add(position(new KernelParameters(FIRST_SIGNAL, lengthScales, FIRST_NOISE)));
        for (int i = 0; i < restarts; i++) {
            double[] start = new double[lengthScales.length + 2];
            Arrays.setAll(start, axis -> random.random());
            starts.add(start);
        }
        starts.forEach(this::climb);
        if (best == null) {
            throw new IllegalStateException("no kernel has a finite likelihood");
        }
        return best;
    }

    private void climb(double[] start) {
        int axes = start.length;
        double[] lower = new double[axes];
        double[] upper = new double[axes];
        Arrays.fill(upper, 1);
        try {
            new BOBYQAOptimizer(2 * axes + 1, FIRST_RADIUS, LAST_RADIUS)
                    .optimize(
                            new MaxEval(EVALUATIONS_AN_AXIS * axes),
                            new ObjectiveFunction(this::density),
                            GoalType.MAXIMIZE,
                            new InitialGuess(start),
                            new SimpleBounds(lower, upper));
        } catch (MathIllegalStateException endedEarly) {
            // Its evaluations are spent, or rounding stops it: the best kernel seen so far stands.
            return;
        }
    }

    private double density(double[] position) {
        KernelParameters kernel = kernel(position);
        double density = GaussianProcess.of(points, values, kernel).logMarginalLikelihood() + logPrior(kernel);
        if (density > bestDensity) {
            bestDensity = density;
            best = kernel;
        }
        return density;
    }

    static double logPrior(KernelParameters kernel) {
        double logSignal = Math.log(kernel.signal());
        double signal = -0.5 * logSignal * logSignal - logSignal - 0.5 * Math.log(2 * Math.PI);
        double ratio = HORSESHOE_SCALE / kernel.noise();
        return signal + Math.log(Math.log1p(3 * ratio * ratio));
    }

    /** A kernel's place in the unit box that is searched: signal, length scales, noise. */
    private static double[] position(KernelParameters kernel) {
        double[] scales = kernel.lengthScales();
        double[] position = new double[scales.length + 2];
        position[0] = share(kernel.signal(), SIGNAL);
        for (int d = 0; d < scales.length; d++) {
            position[d + 1] = share(scales[d], LENGTH_SCALE);
        }
        position[scales.length + 1] = share(kernel.noise(), NOISE);
        return position;
    }

    private static KernelParameters kernel(double[] position) {
        double[] scales = new double[position.length - 2];
        for (int d = 0; d < scales.length; d++) {
            scales[d] = value(position[d + 1], LENGTH_SCALE);
        }
        return new KernelParameters(value(position[0], SIGNAL), scales, value(position[position.length - 1], NOISE));
    }

    private static double share(double value, double[] bounds) {
        return Math.clamp((Math.log(value) - bounds[0]) / (bounds[1] - bounds[0]), 0, 1);
    }

    private static double value(double share, double[] bounds) {
        return Math.exp(bounds[0] + share * (bounds[1] - bounds[0]));
    }
}
