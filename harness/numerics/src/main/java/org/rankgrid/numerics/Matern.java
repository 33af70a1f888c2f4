package org.rankgrid.numerics;

/** The Matern kernel of smoothness 5/2 with one length scale an axis (Rasmussen and Williams 2006, equation 4.17). */
final class Matern {

    private static final double ROOT_FIVE = Math.sqrt(5);

    private Matern() {}

    /** The correlation of two points, 1 where they meet: (1 + s + s<sup>2</sup>/3) exp(-s), s the root of 5 times their scaled distance. */
    static double correlation(double[] a, double[] b, double[] lengthScales) {
        double squared = 0;
        for (int d = 0; d < a.length; d++) {
            double difference = (a[d] - b[d]) / lengthScales[d];
            squared += difference * difference;
        }
        double s = ROOT_FIVE * Math.sqrt(squared);
        return (1 + s + s * s / 3) * Math.exp(-s);
    }
}
