package org.rankgrid.allocators.ara;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import org.rankgrid.allocators.masks.RankMask;
import org.rankgrid.numerics.Softmax;
import org.rankgrid.spi.rank.Layer;

/**
 * A mask that never rises along the components: a mixture of stairs. With a = softmax(theta) over D stairs, of which stair d
 * keeps the first ceil(d K / D) components, p_j is the sum of a over the stairs that reach component j, and the expected
 * rank is the sum of p (ALGORITHMS C.2, a reconstruction).
 */
final class StaircaseMask implements RankMask {

    private static final int HALVINGS = 50;

    private final Layer layer;
    private final boolean hard;
    private final int[] lengths;

    /**
     * A mask for a layer.
     *
     * @param stairs D, at least 2
     * @param hard whether the model sees ones up to the rounded expected rank and zeros past it, not p itself
     */
    StaircaseMask(Layer layer, int stairs, boolean hard) {
        this.layer = layer;
        this.hard = hard;
        this.lengths = new int[stairs];
        for (int d = 0; d < stairs; d++) {
            lengths[d] = Math.toIntExact(Math.ceilDiv((d + 1L) * layer.fullRank(), stairs));
        }
    }

    /** p at some theta. */
    double[] probabilities(double[] theta) {
        double[] shares = Softmax.of(theta);
        double[] p = new double[layer.fullRank()];
        int stair = lengths.length - 1;
        double reached = 0;
        for (int j = p.length - 1; j >= 0; j--) {
            while (stair >= 0 && lengths[stair] > j) {
                reached += shares[stair--];
            }
            p[j] = Math.min(1, reached);
        }
        return p;
    }

    @Override
    public double rank(double[] theta) {
        double[] shares = Softmax.of(theta);
        double rank = 0;
        for (int d = 0; d < shares.length; d++) {
            rank += shares[d] * lengths[d];
        }
        return rank;
    }

    @Override
    public float[] forward(double[] theta) {
        float[] mask = new float[layer.fullRank()];
        double rank = rank(theta);
        if (rank >= layer.breakEvenRank()) {
            Arrays.fill(mask, 1);
        } else if (hard) {
            Arrays.fill(mask, 0, Math.toIntExact(Math.round(rank)), 1);
        } else {
            double[] p = probabilities(theta);
            for (int j = 0; j < mask.length; j++) {
                mask[j] = (float) p[j];
            }
        }
        return mask;
    }

    /**
     * Straight through: the gradient with respect to the mask is taken as that with respect to p, also where the layer runs
     * dense. A stair feels all components it would switch on.
     */
    @Override
    public double[] pullBack(double[] theta, double[] maskGradient, double rankGradient) {
        double[] sums = new double[maskGradient.length + 1];
        for (int j = 0; j < maskGradient.length; j++) {
            sums[j + 1] = sums[j] + maskGradient[j] + rankGradient;
        }
        double[] shareGradient = new double[lengths.length];
        for (int d = 0; d < lengths.length; d++) {
            shareGradient[d] = sums[lengths[d]];
        }
        return Softmax.pullBack(Softmax.of(theta), shareGradient);
    }

    /** theta_d = c d / D with the c that gives this expected rank: the widest distribution that has it. */
    double[] tilt(double rank) {
        int stairs = lengths.length;
        return thetaFor(rank, 50.0 * stairs, tilt -> {
            double[] theta = new double[stairs];
            for (int d = 0; d < stairs; d++) {
                theta[d] = tilt * (d + 1) / stairs;
            }
            return theta;
        });
    }

    /** A bell five stairs wide whose centre gives this expected rank. */
    double[] bump(double rank) {
        int stairs = lengths.length;
        return thetaFor(rank, 2.0 * stairs, centre -> {
            double[] theta = new double[stairs];
            for (int d = 0; d < stairs; d++) {
                double distance = (d + 1 - centre) / 5;
                theta[d] = -distance * distance / 2;
            }
            return theta;
        });
    }

    /** Bisection on a family of thetas whose expected rank grows with its parameter; the end of the family if none fits. */
    private double[] thetaFor(double rank, double bound, DoubleFunction<double[]> family) {
        double low = -bound;
        double high = bound;
        for (int halving = 0; halving < HALVINGS; halving++) {
            double middle = (low + high) / 2;
            if (rank(family.apply(middle)) < rank) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return family.apply((low + high) / 2);
    }
}
