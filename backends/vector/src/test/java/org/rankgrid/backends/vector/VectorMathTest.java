package org.rankgrid.backends.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.Availability;

class VectorMathTest {

    @BeforeEach
    void needsTheWidthAskedFor() {
        assumeTrue(new VectorProvider().probe() instanceof Availability.Available);
    }

    @Test
    void expIsWithinTwoUnitsInTheLastPlace() {
        double worst = worst(-87.3f, 88.3f, VectorMath::exp, Math::exp, true);
        assertThat(worst).isLessThanOrEqualTo(2);
    }

    @Test
    void expOfNothingIsExactlyOne() {
        assertThat(VectorMath.exp(FloatVector.zero(Lanes.FLOATS)).lane(0)).isEqualTo(1f);
    }

    @Test
    void expAtTheEdges() {
        assertThat(exp(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(exp(-1e30f)).isZero();
        assertThat(exp(-88)).isZero();
        assertThat(exp(89)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(exp(1e30f)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(exp(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(exp(Float.NaN)).isNaN();
    }

    @Test
    void tanhIsWithinThreeUnitsInTheLastPlace() {
        assertThat(worst(-12, 12, VectorMath::tanh, Math::tanh, true)).isLessThanOrEqualTo(3);
    }

    @Test
    void siluAndGeluAreAccurateToAMillionth() {
        assertThat(worst(-30, 30, VectorMath::silu, x -> x / (1 + Math.exp(-x)), true))
                .isLessThanOrEqualTo(5);
        assertThat(worst(
                        -8,
                        8,
                        VectorMath::geluTanh,
                        x -> x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))),
                        false))
                .isLessThan(1e-6);
    }

    private static float exp(float x) {
        return VectorMath.exp(FloatVector.broadcast(Lanes.FLOATS, x)).lane(0);
    }

    /** The largest error over a range, in units in the last place or absolute. */
    private static double worst(
            float from, float to, UnaryOperator<FloatVector> function, DoubleUnaryOperator exact, boolean units) {
        int steps = 200_000;
        double worst = 0;
        float[] x = new float[Lanes.WIDTH];
        for (int i = 0; i < steps; i += Lanes.WIDTH) {
            for (int lane = 0; lane < Lanes.WIDTH; lane++) {
                x[lane] = from + (to - from) * (i + lane) / (steps + Lanes.WIDTH);
            }
            float[] values =
                    function.apply(FloatVector.fromArray(Lanes.FLOATS, x, 0)).toArray();
            for (int lane = 0; lane < Lanes.WIDTH; lane++) {
                double expected = exact.applyAsDouble(x[lane]);
                double unit = units ? Math.ulp((float) expected) : 1;
                worst = Math.max(worst, Math.abs(values[lane] - expected) / unit);
            }
        }
        return worst;
    }
}
