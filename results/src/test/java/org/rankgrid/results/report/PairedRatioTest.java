package org.rankgrid.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rankgrid.results.cell.Item;

class PairedRatioTest {

    @Test
    void windowsCountByTheirTokens() {
        List<Item> base = List.of(window(0, 300, 2), window(1, 100, 3));
        List<Item> own = List.of(window(1, 100, 3.4), window(0, 300, 1.8));

        PairedRatio ratio = PairedRatio.of(own, base, "t").orElseThrow();

        // Differences -0.2 and 0.4, weights 3/4 and 1/4: mean -0.05, squared deviations (3/4 * 0.15)^2 and (1/4 *
        // 0.45)^2.
        double error = 12.7062 * Math.sqrt(2 * (0.1125 * 0.1125 + 0.1125 * 0.1125));
        assertThat(ratio.quotient()).isCloseTo(Math.exp(-0.05), within(1e-12));
        assertThat(ratio.low()).isCloseTo(Math.exp(-0.05 - error), within(1e-9));
        assertThat(ratio.high()).isCloseTo(Math.exp(-0.05 + error), within(1e-9));
        assertThat(ratio.windows()).isEqualTo(2);
    }

    @Test
    void manyWindowsHaveTheQuantileOfTheirDegrees() {
        List<Item> base = new ArrayList<>();
        List<Item> own = new ArrayList<>();
        for (int i = 0; i < 41; i++) {
            base.add(window(i, 10, 2));
            own.add(window(i, 10, i == 40 ? 2 : i % 2 == 0 ? 2.1 : 1.9));
        }

        PairedRatio ratio = PairedRatio.of(own, base, "t").orElseThrow();

        // 2.0211 for forty degrees of freedom, from a table.
        double error = 2.0211 * Math.sqrt(0.4 / 40 / 41);
        assertThat(Math.log(ratio.high())).isCloseTo(error, within(1e-5));
    }

    @Test
    void thereIsNoneWhereWindowsDoNotPair() {
        List<Item> base = List.of(window(0, 10, 2), window(1, 10, 3));

        assertThat(PairedRatio.of(List.of(window(0, 10, 2), window(2, 10, 3)), base, "t"))
                .isEmpty();
        assertThat(PairedRatio.of(List.of(window(0, 10, 2), window(1, 9, 3)), base, "t"))
                .isEmpty();
        assertThat(PairedRatio.of(base.subList(0, 1), base.subList(0, 1), "t")).isEmpty();
        assertThat(PairedRatio.of(base, base, "u")).isEmpty();
        assertThat(PairedRatio.of(base, base, "t")).hasValueSatisfying(same -> {
            assertThat(same.low()).isEqualTo(1);
            assertThat(same.high()).isEqualTo(1);
        });
    }

    private static Item window(int index, int tokens, double nll) {
        return new Item.Window("t", index, tokens, nll);
    }
}
