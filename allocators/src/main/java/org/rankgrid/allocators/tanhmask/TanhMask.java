package org.rankgrid.allocators.tanhmask;

import java.util.Arrays;
import org.rankgrid.allocators.masks.RankMask;

/**
 * The mask 1/2 tanh(beta (k - j + 1/2)) + 1/2 on components j = 1..K, whose one parameter is k as a share of K. The half makes
 * it add up to k.
 */
record TanhMask(int components, double sharpness) implements RankMask {

    @Override
    public double rank(double[] parameters) {
        return parameters[0] * components;
    }

    @Override
    public float[] forward(double[] parameters) {
        float[] mask = new float[components];
        double k = rank(parameters);
        if (k >= components) {
            Arrays.fill(mask, 1);
            return mask;
        }
        for (int j = 1; j <= components; j++) {
            mask[j - 1] = (float) (0.5 * StrictMath.tanh(sharpness * (k - j + 0.5)) + 0.5);
        }
        return mask;
    }

    @Override
    public double[] pullBack(double[] parameters, double[] maskGradient, double rankGradient) {
        double k = rank(parameters);
        double sum = rankGradient;
        for (int j = 1; j <= components; j++) {
            double tanh = StrictMath.tanh(sharpness * (k - j + 0.5));
            sum += maskGradient[j - 1] * 0.5 * sharpness * (1 - tanh * tanh);
        }
        return new double[] {sum * components};
    }
}
