package org.rankgrid.numerics;

/** The Matern kernel of smoothness 5/2 with one length scale an axis (Rasmussen and Williams 2006, equation 4.17). */
final class Matern {

    private Matern() {}

    /** The correlation of two points, 1 where they meet: (1 + s + s<sup>2</sup>/3) exp(-s), s their {@link #distance}. */
    static double correlation(double[] a, double[] b, double[] lengthScales) {
        double s = distance(a, b, lengthScales);
        return (1 + s + s * s / 3) * Math.exp(-s);
    }

    /**
     * What the squared scaled difference along an axis is multiplied with to give the derivative of the correlation with
     * respect to the logarithm of that axis's length scale: 5/3 (1 + s) exp(-s).
     */
    static double slope(double[] a, double[] b, double[] lengthScales) {
        double s = distance(a, b, lengthScales);
        return 5.0 / 3 * (1 + s) * Math.exp(-s);
    }

    /** The root of 5 times the distance of two points in length scales. */
    private static double distance(double[] a, double[] b, double[] lengthScales) {
        double squared = 0;
        for (int d = 0; d < a.length; d++) {
            double difference = (a[d] - b[d]) / lengthScales[d];
            squared += difference * difference;
        }
        return Math.sqrt(5 * squared);
    }
}
