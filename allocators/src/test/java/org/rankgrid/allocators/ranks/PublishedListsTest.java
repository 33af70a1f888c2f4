package org.rankgrid.allocators.ranks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.allocators.LlamaShapes;
import org.rankgrid.spi.Sha256;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.FileContent;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.testkit.SyntheticStatistics;
import org.rankgrid.testkit.SyntheticStatistics.Kind;

/**
 * The published lists among the ready-made grids: Bolaco's (ALGORITHMS B.5), whose kept shares and totals are stated there, and
 * SoLA's, whose shares are counted here. Bolaco's 13B rows are ranks of 7B shapes; as shares they also give the sizes that the
 * paper prints for 13B, 10.48 and 9.21 billion.
 */
class PublishedListsTest {

    @ParameterizedTest
    @CsvSource({
        "bolaco-llama2-7b-20-5x1,  LLAMA_7B,  0.79854, 5.4338",
        "bolaco-llama2-7b-20-5x4,  LLAMA_7B,  0.79921, 5.4381",
        "bolaco-llama2-7b-30-5x1,  LLAMA_7B,  0.69927, 4.7909",
        "bolaco-llama2-7b-30-5x4,  LLAMA_7B,  0.69890, 4.7885",
        "bolaco-llama2-13b-20-5x1, LLAMA_7B,  0.79861, 5.4342",
        "bolaco-llama2-13b-20-5x4, LLAMA_7B,  0.79859, 5.4341",
        "bolaco-llama2-13b-30-5x1, LLAMA_7B,  0.69915, 4.7901",
        "bolaco-llama2-13b-30-5x4, LLAMA_7B,  0.69855, 4.7862",
        "bolaco-llama2-13b-20-5x1, LLAMA_13B, 0.79885, 10.4638",
        "bolaco-llama2-13b-20-5x4, LLAMA_13B, 0.79889, 10.4642",
        "bolaco-llama2-13b-30-5x1, LLAMA_13B, 0.69947, 9.2028",
        "bolaco-llama2-13b-30-5x4, LLAMA_13B, 0.69875, 9.1937",
        "sola-llama2-7b-20,        LLAMA_7B,  0.72118, 4.9328",
        "sola-llama2-7b-30,        LLAMA_7B,  0.59901, 4.1416"
    })
    void keepsWhatItsPaperStates(String name, LlamaShapes shape, String share, BigDecimal billions) throws IOException {
        List<Layer> layers = shape.layers();
        RankPlan plan = plan(layers, name);
        long dense = RankPlan.dense(layers).parameters();
        assertThat(BigDecimal.valueOf(plan.parameters()).divide(BigDecimal.valueOf(dense), 5, RoundingMode.HALF_EVEN))
                .isEqualTo(new BigDecimal(share));
        assertThat(BigDecimal.valueOf(plan.parameters() + shape.rest()).movePointLeft(9))
                .isCloseTo(billions, within(new BigDecimal("0.00005")));
    }

    @ParameterizedTest
    @CsvSource({
        "bolaco-llama2-7b-20-5x4,  0,  680,  1728",
        "bolaco-llama2-7b-20-5x4,  7,  680,  1728",
        "bolaco-llama2-7b-20-5x4,  8,  968,  1888",
        "bolaco-llama2-7b-20-5x4,  31, 656,  496",
        "bolaco-llama2-13b-20-5x4, 15, 944,  1440",
        "bolaco-llama2-13b-20-5x4, 24, 1312, 904"
    })
    void groupsFollowTheDepthAndSharesAreTheRanksOf7B(String name, int block, int queries, int outputs)
            throws IOException {
        RankPlan plan = plan(LlamaShapes.LLAMA_7B.layers(), name);
        int[] attention =
                IntStream.range(7 * block, 7 * block + 4).map(plan::rank).toArray();
        assertThat(attention).containsExactly(queries, queries, RankPlan.DENSE, outputs);
    }

    private static RankPlan plan(List<Layer> layers, String name) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("..", "harness", "grids", "ranks", name + ".json"));
        Allocator allocator = new RanksAllocator();
        RankWish wish = allocator.allocate(new Allocation(
                Budget.of(BigDecimal.ZERO, layers),
                layers,
                new SyntheticStatistics(Set.of(), List.of(), Kind.TIED),
                Options.of(
                        allocator.options(), Map.of("file", new FileContent(name + ".json", bytes, Sha256.of(bytes)))),
                0));
        int[] ranks = new int[layers.size()];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = wish.rank(i) == RankWish.DENSE ? RankPlan.DENSE : (int) wish.rank(i);
        }
        return new RankPlan(layers, ranks);
    }
}
