package org.rankgrid.allocators.uniform;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.numerics.Apportionment;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.spi.rank.Role;
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.SyntheticStatistics;
import org.rankgrid.testkit.SyntheticStatistics.Kind;

class UniformAllocatorTest extends AllocatorContract {

    private static final String[] RATIOS = {"0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.8"};

    @Override
    protected Allocator allocator() {
        return new UniformAllocator();
    }

    /**
     * The table of ALGORITHMS 0.2: floors of the wish. It prints what published codes compute in doubles, 511 for the last
     * rank of 5120 x 5120; the exact rank is 512.
     */
    @ParameterizedTest
    @CsvSource({
        "4096, 4096, 1843 1638 1433 1228 1024 819 409",
        "4096, 11008, 2686 2388 2089 1791 1492 1194 597",
        "5120, 5120, 2304 2048 1792 1536 1280 1024 512",
        "5120, 13824, 3362 2988 2615 2241 1868 1494 747",
        "1024, 4096, 737 655 573 491 409 327 163",
        "4096, 14336, 2867 2548 2230 1911 1592 1274 637",
        "2048, 2048, 921 819 716 614 512 409 204",
        "2048, 5632, 1351 1201 1051 901 750 600 300",
        "256, 2048, 204 182 159 136 113 91 45",
        "768, 768, 345 307 268 230 192 153 76",
        "768, 3072, 552 491 430 368 307 245 122"
    })
    void wishesThePublishedRanksBeforeTheyAreFloored(int rows, int columns, String floors) {
        String[] expected = floors.split(" ", -1);
        for (int i = 0; i < RATIOS.length; i++) {
            double wish =
                    wish(RATIOS[i], new Layer("w", 0, Role.Q, rows, columns)).rank(0);
            assertThat((int) wish).as("ratio %s", RATIOS[i]).isEqualTo(Integer.parseInt(expected[i]));
        }
    }

    @Test
    void reachesTheBudgetBeforeRepair() {
        List<Layer> layers = List.of(new Layer("a", 0, Role.Q, 64, 64), new Layer("b", 0, Role.K, 32, 64));
        RankWish wish = wish("0.2", layers.toArray(Layer[]::new));
        assertThat(wish.rank(0)).isEqualTo(25.6);
        assertThat(wish.rank(1)).isEqualTo(256.0 / 15);
    }

    @Test
    void repairSharesAllButTheLastRanks() {
        Layer[] layers = new Layer[7];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = new Layer("w" + i, i, Role.Q, 100, 100);
        }
        Budget budget = Budget.of(new BigDecimal("0.25"), List.of(layers));
        RankPlan plan = Apportionment.repair(budget, List.of(layers), wish("0.25", layers));
        // 52,500 parameters pay for 262 ranks of 200: 37 each, and 38 for the first three.
        assertThat(plan.toString()).isEqualTo("w0=38, w1=38, w2=38, w3=37, w4=37, w5=37, w6=37");
    }

    private static RankWish wish(String ratio, Layer... layers) {
        Budget budget = Budget.of(new BigDecimal(ratio), List.of(layers));
        SyntheticStatistics nothing = new SyntheticStatistics(Set.of(), List.of(layers), Kind.TIED);
        return new UniformAllocator()
                .allocate(new Allocation(budget, List.of(layers), nothing, Options.defaults(List.of()), 0));
    }
}
