package org.rankgrid.backends.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorFunctionTest {

    // Abramowitz and Stegun, table 7.1.
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.1, 0.1124629160182849",
        "0.5, 0.5204998778130465",
        "1, 0.8427007929497149",
        "2, 0.9953222650189527",
        "3, 0.9999779095030014",
        "4, 0.9999999845827421",
    })
    void agreesWithTheTable(double x, double value) {
        assertThat(ErrorFunction.erf(x)).isCloseTo(value, within(2e-15));
        assertThat(ErrorFunction.erf(-x)).isCloseTo(-value, within(2e-15));
    }

    @Test
    void saturatesAndPassesNotANumberOn() {
        assertThat(ErrorFunction.erf(30)).isEqualTo(1);
        assertThat(ErrorFunction.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(ErrorFunction.erf(Double.NaN)).isNaN();
    }
}
