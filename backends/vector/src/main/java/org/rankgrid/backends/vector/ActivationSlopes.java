package org.rankgrid.backends.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Derivatives of the activation functions of {@link VectorMath}, by the same rules. With t = exp(-|u|) both s = 1 / (1 +
 * exp(-u)) and 1 - s are quotients of t and 1 + t, so that neither loses digits where it is small.
 */
final class ActivationSlopes {

    private static final FloatVector ZERO = FloatVector.zero(Lanes.FLOATS);
    private static final FloatVector ONE = constant(1);
    private static final FloatVector SQRT_HALF = constant(Math.sqrt(0.5));
    private static final FloatVector ONE_OVER_SQRT_TWO_PI = constant(1 / Math.sqrt(2 * Math.PI));

    /** Beyond this every slope is 0 or 1 in single precision; squares and cubes up to here are finite. */
    private static final float FAR = 100;

    private static final FloatVector TWO_SQRT_TWO_OVER_PI = constant(2 * Math.sqrt(2 / Math.PI));
    private static final FloatVector CUBIC = constant(0.044715);
    private static final FloatVector THREE_CUBIC = constant(3 * 0.044715);

    private ActivationSlopes() {}

    /** s + x s (1 - s) with s = 1 / (1 + exp(-x)). */
    static FloatVector silu(FloatVector x) {
        return slope(x, x);
    }

    /** s + x s (1 - s) v' with s = 1 / (1 + exp(-v)) and v = 2 sqrt(2/pi) (x + 0.044715 x^3). */
    static FloatVector geluTanh(FloatVector x) {
        FloatVector near = x.max(-FAR).min(FAR);
        FloatVector square = near.mul(near);
        FloatVector v = square.mul(CUBIC).add(ONE).mul(near).mul(TWO_SQRT_TWO_OVER_PI);
        return slope(
                v, square.mul(THREE_CUBIC).add(ONE).mul(TWO_SQRT_TWO_OVER_PI).mul(near));
    }

    /** s + factor s (1 - s) with s = 1 / (1 + exp(-u)). */
    private static FloatVector slope(FloatVector u, FloatVector factor) {
        FloatVector t = VectorMath.exp(u.abs().neg());
        FloatVector larger = ONE.div(t.add(ONE));
        FloatVector smaller = t.mul(larger);
        FloatVector s = smaller.blend(larger, u.compare(VectorOperators.GE, ZERO));
        return larger.mul(smaller).fma(factor, s);
    }

    /** The normal distribution up to x, by formula 7.1.26 of Abramowitz and Stegun, and x times its density. */
    static FloatVector gelu(FloatVector x) {
        FloatVector z = x.abs().mul(SQRT_HALF);
        FloatVector power = VectorMath.exp(z.mul(z).neg());
        FloatVector tail = VectorMath.halfErfc(z, power);
        VectorMask<Float> positive = x.compare(VectorOperators.GE, ZERO);
        return power.mul(ONE_OVER_SQRT_TWO_PI).fma(x, tail.blend(ONE.sub(tail), positive));
    }

    /** 1 where x is positive, 0 where it is not, not a number where x is none. */
    static FloatVector relu(FloatVector x) {
        return x.blend(ZERO, x.compare(VectorOperators.LE, ZERO)).blend(ONE, x.compare(VectorOperators.GT, ZERO));
    }

    private static FloatVector constant(double value) {
        return FloatVector.broadcast(Lanes.FLOATS, (float) value);
    }
}
