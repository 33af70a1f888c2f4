package org.rankgrid.allocators.components;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rankgrid.spi.allocate.ComponentGradient;

class ComponentScoreTest {

    private static final ComponentGradient GRADIENT = new ComponentGradient(
            10, 2, new double[] {1, 2}, new double[] {3, 5}, new double[] {1, 7}, new double[] {20, 30}, new double[] {
                4, 6
            });

    @Test
    void everyNameHasItsFormula() {
        assertThat(ComponentScore.named("sequences").of(GRADIENT)).containsExactly(3, 5);
        assertThat(ComponentScore.named("tokens").of(GRADIENT)).containsExactly(1, 7);
        assertThat(ComponentScore.named("sequences-and-tokens").of(GRADIENT)).containsExactly(2, 6);
        assertThat(ComponentScore.named("kfac").of(GRADIENT)).containsExactly(8, 18);
        assertThat(ComponentScore.names()).hasSameSizeAs(ComponentScore.values());
    }
}
