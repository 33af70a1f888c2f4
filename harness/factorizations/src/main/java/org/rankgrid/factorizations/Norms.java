package org.rankgrid.factorizations;

/** Frobenius norms, safe against values whose squares leave the range of double. */
final class Norms {

    private Norms() {}

    /** ‖a - b‖ / ‖b‖; 0 if both are zero, infinite if only b is. */
    static double relativeDifference(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        double error = norm(difference);
        return error == 0 ? 0 : error / norm(b);
    }

    /** ‖a‖. */
    static double norm(double[] a) {
        double largest = 0;
        for (double value : a) {
            if (!(Math.abs(value) <= largest)) {
                largest = Math.abs(value);
            }
        }
        if (largest == 0 || !Double.isFinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (double value : a) {
            sum += (value / largest) * (value / largest);
        }
        return largest * Math.sqrt(sum);
    }
}
