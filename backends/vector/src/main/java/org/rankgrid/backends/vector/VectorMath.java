package org.rankgrid.backends.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Functions of whole vectors, built of operations whose results are exactly rounded, so that compiled and interpreted code
 * agree to the bit. Polynomials are those of the Cephes library (expf, tanhf).
 *
 * <p>Constants are vectors made once: broadcasts in place make a function too large for the JIT to inline, and vectors it
 * does not inline become objects.
 */
final class VectorMath {

    private static final FloatVector ONE = constant(1);
    private static final FloatVector TWO = constant(2);

    private static final FloatVector LOG2_E = constant(1 / Math.log(2));
    private static final FloatVector MINUS_LN2_HIGH = constant(-355.0 / 512);
    private static final FloatVector MINUS_LN2_LOW = constant(355.0 / 512 - Math.log(2));

    /** Adding 1.5 * 2^23 rounds to an integer and leaves it in the low bits. */
    private static final FloatVector ROUNDER = constant(12_582_912);

    private static final float EXP_LARGEST = 88.37f;
    private static final float EXP_SMALLEST = -87.33f;
    private static final FloatVector EXP_2 = constant(5.0000001201e-1);
    private static final FloatVector EXP_3 = constant(1.6666665459e-1);
    private static final FloatVector EXP_4 = constant(4.1665795894e-2);
    private static final FloatVector EXP_5 = constant(8.3334519073e-3);
    private static final FloatVector EXP_6 = constant(1.3981999507e-3);
    private static final FloatVector EXP_7 = constant(1.9875691500e-4);

    private static final FloatVector TANH_3 = constant(-3.33332819422e-1);
    private static final FloatVector TANH_5 = constant(1.33314422036e-1);
    private static final FloatVector TANH_7 = constant(-5.37397155531e-2);
    private static final FloatVector TANH_9 = constant(2.06390887954e-2);
    private static final FloatVector TANH_11 = constant(-5.70498872745e-3);

    private static final FloatVector ERFC_P = constant(0.3275911);
    private static final FloatVector ERFC_1 = constant(0.254829592);
    private static final FloatVector ERFC_2 = constant(-0.284496736);
    private static final FloatVector ERFC_3 = constant(1.421413741);
    private static final FloatVector ERFC_4 = constant(-1.453152027);
    private static final FloatVector ERFC_5 = constant(1.061405429);

    private static final float SQRT_HALF = (float) Math.sqrt(0.5);
    private static final float MINUS_TWO_SQRT_TWO_OVER_PI = (float) (-2 * Math.sqrt(2 / Math.PI));

    private VectorMath() {}

    /** exp(x) to two units in the last place; below -87.33, where floats become subnormal, 0; above 88.37 infinity. */
    static FloatVector exp(FloatVector x) {
        FloatVector shifted = x.fma(LOG2_E, ROUNDER);
        FloatVector n = shifted.sub(ROUNDER);
        FloatVector r = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, x));
        FloatVector p =
                EXP_7.fma(r, EXP_6).fma(r, EXP_5).fma(r, EXP_4).fma(r, EXP_3).fma(r, EXP_2);
        FloatVector power = shifted.reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, 23)
                .add(Float.floatToRawIntBits(1))
                .reinterpretAsFloats();
        return p.fma(r.mul(r), r)
                .add(ONE)
                .mul(power)
                .blend(0f, x.compare(VectorOperators.LT, EXP_SMALLEST))
                .blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, EXP_LARGEST));
    }

    /** tanh(x): a polynomial near zero, by the exponential elsewhere. */
    static FloatVector tanh(FloatVector x) {
        FloatVector z = x.mul(x);
        FloatVector p = TANH_11.fma(z, TANH_9).fma(z, TANH_7).fma(z, TANH_5).fma(z, TANH_3);
        FloatVector near = p.mul(z).fma(x, x);
        FloatVector magnitude = x.abs();
        FloatVector far = ONE.sub(TWO.div(exp(magnitude.add(magnitude)).add(ONE)));
        FloatVector signed = far.blend(far.neg(), x.compare(VectorOperators.LT, 0f));
        VectorMask<Float> large = magnitude.compare(VectorOperators.GT, 0.625f);
        return near.blend(signed, large);
    }

    /** x / (1 + exp(-x)). */
    static FloatVector silu(FloatVector x) {
        return x.div(exp(x.neg()).add(ONE));
    }

    /** x times the normal distribution function, by the rational formula 7.1.26 of Abramowitz and Stegun for erfc. */
    static FloatVector gelu(FloatVector x) {
        FloatVector z = x.abs().mul(SQRT_HALF);
        FloatVector tail = halfErfc(z, exp(z.mul(z).neg()));
        return x.mul(tail.blend(ONE.sub(tail), x.compare(VectorOperators.GE, 0f)));
    }

    /** erfc(z) / 2 for z of at least zero, of which exp(-z^2) is given. */
    static FloatVector halfErfc(FloatVector z, FloatVector power) {
        FloatVector t = ONE.div(z.fma(ERFC_P, ONE));
        FloatVector p = ERFC_5.fma(t, ERFC_4).fma(t, ERFC_3).fma(t, ERFC_2).fma(t, ERFC_1);
        return p.mul(t).mul(power).mul(0.5f);
    }

    /** x/2 (1 + tanh(u)) with u = sqrt(2/pi) (x + 0.044715 x^3), which is x / (1 + exp(-2 u)). */
    static FloatVector geluTanh(FloatVector x) {
        FloatVector cubic = x.mul(x).mul(0.044715f).fma(x, x);
        return x.div(exp(cubic.mul(MINUS_TWO_SQRT_TWO_OVER_PI)).add(ONE));
    }

    /** max(0, x). */
    static FloatVector relu(FloatVector x) {
        return x.max(0f);
    }

    private static FloatVector constant(double value) {
        return FloatVector.broadcast(Lanes.FLOATS, (float) value);
    }
}
