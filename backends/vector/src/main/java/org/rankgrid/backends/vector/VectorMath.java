package org.rankgrid.backends.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Functions of whole vectors, built of operations whose results are exactly rounded, so that compiled and interpreted code
 * agree to the bit. Polynomials are those of the Cephes library (expf, tanhf).
 */
final class VectorMath {

    private static final float LOG2_E = (float) (1 / Math.log(2));
    private static final float LN2_HIGH = 355f / 512;
    private static final float LN2_LOW = (float) (Math.log(2) - 355.0 / 512);

    /** Adding 1.5 * 2^23 rounds to an integer and leaves it in the low bits. */
    private static final float ROUNDER = 12_582_912f;

    private static final float EXP_LARGEST = 88.37f;
    private static final float EXP_SMALLEST = -87.33f;

    private static final float SQRT_HALF = (float) Math.sqrt(0.5);
    private static final float SQRT_TWO_OVER_PI = (float) Math.sqrt(2 / Math.PI);

    private VectorMath() {}

    /** exp(x) to two units in the last place; below -87.33, where floats become subnormal, 0; above 88.37 infinity. */
    static FloatVector exp(FloatVector x) {
        FloatVector shifted = x.fma(constant(LOG2_E), constant(ROUNDER));
        FloatVector n = shifted.sub(ROUNDER);
        FloatVector r = n.fma(constant(-LN2_HIGH), x);
        r = n.fma(constant(-LN2_LOW), r);
        FloatVector p = constant(1.9875691500e-4);
        p = p.fma(r, constant(1.3981999507e-3));
        p = p.fma(r, constant(8.3334519073e-3));
        p = p.fma(r, constant(4.1665795894e-2));
        p = p.fma(r, constant(1.6666665459e-1));
        p = p.fma(r, constant(5.0000001201e-1));
        p = p.fma(r.mul(r), r).add(1f);
        FloatVector power = shifted.reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, 23)
                .add(Float.floatToRawIntBits(1f))
                .reinterpretAsFloats();
        return p.mul(power)
                .blend(0f, x.compare(VectorOperators.LT, EXP_SMALLEST))
                .blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, EXP_LARGEST));
    }

    /** tanh(x): a polynomial near zero, by the exponential elsewhere. */
    static FloatVector tanh(FloatVector x) {
        FloatVector z = x.mul(x);
        FloatVector p = constant(-5.70498872745e-3);
        p = p.fma(z, constant(2.06390887954e-2));
        p = p.fma(z, constant(-5.37397155531e-2));
        p = p.fma(z, constant(1.33314422036e-1));
        p = p.fma(z, constant(-3.33332819422e-1));
        FloatVector near = p.mul(z).fma(x, x);
        FloatVector magnitude = x.abs();
        FloatVector far =
                constant(1).sub(constant(2).div(exp(magnitude.add(magnitude)).add(1f)));
        FloatVector signed = far.blend(far.neg(), x.compare(VectorOperators.LT, 0f));
        VectorMask<Float> large = magnitude.compare(VectorOperators.GT, 0.625f);
        return near.blend(signed, large);
    }

    /** x / (1 + exp(-x)). */
    static FloatVector silu(FloatVector x) {
        return x.div(exp(x.neg()).add(1f));
    }

    /** x times the normal distribution function, by the rational formula 7.1.26 of Abramowitz and Stegun for erfc. */
    static FloatVector gelu(FloatVector x) {
        FloatVector z = x.abs().mul(SQRT_HALF);
        FloatVector t = constant(1).div(z.fma(constant(0.3275911), constant(1)));
        FloatVector p = constant(1.061405429);
        p = p.fma(t, constant(-1.453152027));
        p = p.fma(t, constant(1.421413741));
        p = p.fma(t, constant(-0.284496736));
        p = p.fma(t, constant(0.254829592));
        FloatVector upperTail = p.mul(t).mul(exp(z.mul(z).neg())).mul(0.5f);
        FloatVector distribution = upperTail.blend(constant(1).sub(upperTail), x.compare(VectorOperators.GE, 0f));
        return x.mul(distribution);
    }

    /** x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))). */
    static FloatVector geluTanh(FloatVector x) {
        FloatVector cubic = x.mul(x).mul(0.044715f).fma(x, x);
        return x.mul(0.5f).mul(tanh(cubic.mul(SQRT_TWO_OVER_PI)).add(1f));
    }

    /** max(0, x). */
    static FloatVector relu(FloatVector x) {
        return x.max(0f);
    }

    private static FloatVector constant(double value) {
        return FloatVector.broadcast(Lanes.FLOATS, (float) value);
    }
}
