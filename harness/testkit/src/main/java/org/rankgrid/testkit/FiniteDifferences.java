package org.rankgrid.testkit;

import java.util.function.ToDoubleFunction;

/** Central differences in double: the oracle for gradients that needs no formula of them. */
final class FiniteDifferences {

    private static final double STEP = 1e-4;

    private FiniteDifferences() {}

    /** The gradient of a function, to about ten digits where its fifth derivatives are not large; fourth order. */
    static double[] gradient(ToDoubleFunction<double[]> function, float[] at) {
        double[] point = OperationContract.doubles(at);
        double[] gradient = new double[point.length];
        for (int i = 0; i < point.length; i++) {
            gradient[i] =
                    (8 * difference(function, point, i, STEP) - difference(function, point, i, 2 * STEP)) / (12 * STEP);
        }
        return gradient;
    }

    private static double difference(ToDoubleFunction<double[]> function, double[] point, int i, double step) {
        double value = point[i];
        point[i] = value + step;
        double above = function.applyAsDouble(point);
        point[i] = value - step;
        double below = function.applyAsDouble(point);
        point[i] = value;
        return above - below;
    }
}
