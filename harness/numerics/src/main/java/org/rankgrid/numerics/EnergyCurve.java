package org.rankgrid.numerics;

/**
 * The share of a layer's energy that its leading components hold: E(k) = sum of the first k values of its spectrum over the
 * sum of all (ALGORITHMS A.1). It never falls, and is exactly 1 at the full rank.
 */
public final class EnergyCurve {

    /** E(k) at index k - 1. */
    private final double[] shares;

    private EnergyCurve(double[] shares) {
        this.shares = shares;
    }

    /**
     * The curve of a spectrum. Leading values may be left out of the shares, which helps where a massive activation makes
     * the first value dwarf the rest (ALGORITHMS A.5); their components are kept before any other. A spectrum in which
     * nothing else is left reaches 1 with them, or with the first component.
     *
     * @param spectrum squared singular values, descending; not changed
     * @param skip number of leading values left out, at least 0
     * @throws IllegalArgumentException if the spectrum is empty, or a value or their sum is negative or not finite
     */
    public static EnergyCurve of(double[] spectrum, int skip) {
        if (spectrum.length == 0 || skip < 0) {
            throw new IllegalArgumentException("spectrum of " + spectrum.length + " values, " + skip + " skipped");
        }
        double[] shares = new double[spectrum.length];
        double sum = 0;
        for (int j = 0; j < spectrum.length; j++) {
            if (!(spectrum[j] >= 0)) {
                throw new IllegalArgumentException("value " + j + " of a spectrum is " + spectrum[j]);
            }
            sum += j < skip ? 0 : spectrum[j];
            shares[j] = sum;
        }
        if (sum == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("the sum of a spectrum is not finite");
        }
        for (int j = 0; j < shares.length; j++) {
            boolean allKept = j + 1 >= Math.min(skip, shares.length);
            shares[j] = sum > 0 ? shares[j] / sum : allKept ? 1 : 0;
        }
        return new EnergyCurve(shares);
    }

    /** Number of components. */
    public int fullRank() {
        return shares.length;
    }

    /** E(k), from 0 to 1, for a rank k from 1 to the full rank. */
    public double retained(int rank) {
        return shares[rank - 1];
    }

    /** The smallest rank that retains at least this share, which is at most 1. */
    public int rankFor(double share) {
        int low = 0;
        int high = shares.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (shares[middle] >= share) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low + 1;
    }
}
