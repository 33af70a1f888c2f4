package org.rankgrid.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rankgrid.model.decoder.PositionSpec.Rotary;

/** Expected frequencies were computed in 64 bits from the formulas, apart from this code. */
class RotaryTableTest {

    private static final double PERCENT = 1e-4;

    private static float[] frequencies(RotaryScaling scaling) {
        return RotaryTable.inverseFrequencies(new Rotary(10_000, 16, scaling));
    }

    private static void assertClose(float[] found, double... expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) found[i]).isCloseTo(expected[i], withinPercentage(PERCENT));
        }
    }

    @Test
    void frequenciesFallGeometrically() {
        assertClose(
                frequencies(new RotaryScaling.None()),
                1,
                0.31622777,
                0.1,
                0.031622777,
                0.01,
                0.0031622777,
                0.001,
                3.1622777e-4);
    }

    @Test
    void linearScalingDividesAll() {
        assertClose(
                frequencies(new RotaryScaling.Linear(2)),
                0.5,
                0.158113883,
                0.05,
                0.0158113883,
                0.005,
                0.00158113883,
                0.0005,
                1.58113883e-4);
    }

    @Test
    void llama3KeepsShortWavesStretchesLongOnesAndInterpolatesBetween() {
        assertClose(
                frequencies(new RotaryScaling.Llama3(8, 1, 4, 64)),
                1.0,
                0.24438459943539834,
                0.013042256043820465,
                0.003952847075210474,
                0.00125,
                0.0003952847075210474,
                0.000125,
                3.952847075210474e-05);
    }

    @Test
    void yarnRampsBetweenTwoNumbersOfRotations() {
        assertClose(
                frequencies(new RotaryScaling.Yarn(4, 32, 1, 4096, 1.1, true)),
                1.0,
                0.31622776601683794,
                0.1,
                0.02569350598886808,
                0.00625,
                0.001383496476323666,
                0.00025,
                7.905694150420948e-05);
    }

    @Test
    void yarnMayKeepTheEndsOfItsRampBetweenPairs() {
        assertClose(
                frequencies(new RotaryScaling.Yarn(4, 32, 1, 4096, 1.1, false)),
                1.0,
                0.31622776601683794,
                0.1,
                0.02861360881198889,
                0.006556971521129435,
                0.0012856320307266882,
                0.00025,
                7.905694150420948e-05);
    }

    @Test
    void aFactorForEachFrequencyDividesIt() {
        assertClose(
                frequencies(new RotaryScaling.PerFrequency(List.of(1f, 1f, 1f, 1f, 2f, 2f, 8f, 8f))),
                1,
                0.31622777,
                0.1,
                0.031622777,
                0.005,
                0.00158113883,
                0.000125,
                3.952847e-5);
    }

    @Test
    void cosineAndSineFollowPositionAndAttentionFactor() {
        RotaryTable table = RotaryTable.of(new Rotary(10_000, 4, new RotaryScaling.Yarn(1, 32, 1, 64, 1.25, true)), 7);
        assertThat(table.pairs()).isEqualTo(2);
        for (int p = 0; p < 7; p++) {
            assertThat(table.cosine()[2 * p]).isCloseTo((float) (1.25 * Math.cos(p)), withinPercentage(PERCENT));
            assertThat(table.sine()[2 * p + 1])
                    .isCloseTo((float) (1.25 * Math.sin(p / 100.0)), withinPercentage(PERCENT));
        }
    }
}
