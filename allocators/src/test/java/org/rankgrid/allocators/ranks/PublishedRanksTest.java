package org.rankgrid.allocators.ranks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.allocators.LlamaShapes;
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
 * Sizes of the allocations that Bolaco published (arXiv 2405.10616 table 8; ALGORITHMS B.5), through the allocator that
 * reads ranks: ranks of q and k, o, gate, up, down for consecutive groups of blocks; NA and v are dense.
 */
class PublishedRanksTest {

    private static final String LIST_7B_20_X4 =
            "680,1728,2960,NA,NA 968,1888,2536,2640,2632 408,1488,NA,2272,2864" + " 656,496,2824,2448,2280";
    private static final String LIST_7B_30_X4 =
            "1016,1632,2376,2384,2384 840,1632,2384,2376,2384" + " 408,992,2376,2384,2384 408,560,2384,1896,1792";
    private static final String LIST_13B_20_X4 =
            "792,1696,2864,2880,2976 944,1440,2512,2296,2920" + " 656,1112,2496,2480,2912 1312,904,2264,NA,1960";
    private static final String LIST_13B_30_X4 =
            "528,1536,2384,2376,2384 1232,1624,2376,2352,2344" + " 800,1624,2064,2368,2344 408,408,2352,1936,1680";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LLAMA_7B  | 744,1616,2512,2408,NA   | 0.79854 | 5.4338",
                "LLAMA_7B  | " + LIST_7B_20_X4 + "   | 0.79921 | 5.4381",
                "LLAMA_7B  | 656,1392,2128,2352,2312 | 0.69927 | 4.7909",
                "LLAMA_7B  | " + LIST_7B_30_X4 + "   | 0.69890 | 4.7885",
                "LLAMA_13B | 696,1920,2304,NA,2504   | 0.69986 | 9.2078",
                "LLAMA_13B | " + LIST_13B_20_X4 + "  | 0.66623 | 8.7810",
                "LLAMA_13B | 512,1264,2384,2328,2304 | 0.57553 | 7.6303",
                "LLAMA_13B | " + LIST_13B_30_X4 + "  | 0.57499 | 7.6234",
                "LLAMA_7B  | 696,1920,2304,NA,2504   | 0.79861 |",
                "LLAMA_7B  | " + LIST_13B_20_X4 + "  | 0.79859 |",
                "LLAMA_7B  | 512,1264,2384,2328,2304 | 0.69915 |",
                "LLAMA_7B  | " + LIST_13B_30_X4 + "  | 0.69855 |"
            })
    void publishedRanksHaveThePublishedSizes(LlamaShapes shape, String groups, String decoderShare, String billions) {
        List<Layer> layers = shape.layers();
        RankPlan plan = plan(layers, json(shape, groups.split(" ", -1)));
        long dense = RankPlan.dense(layers).parameters();
        assertThat(BigDecimal.valueOf(plan.parameters()).divide(BigDecimal.valueOf(dense), 5, RoundingMode.HALF_EVEN))
                .isEqualTo(new BigDecimal(decoderShare));
        if (billions != null) {
            // Two of the printed totals are off by one in the last digit: 9.20773 stands as 9.2078, 7.62348 as 7.6234.
            assertThat(BigDecimal.valueOf(plan.parameters() + shape.rest()).movePointLeft(9))
                    .isCloseTo(new BigDecimal(billions), within(new BigDecimal("0.0001")));
        }
    }

    private static String json(LlamaShapes shape, String[] groups) {
        StringJoiner entries = new StringJoiner(", ", "{", "}");
        int blocks = shape.layers().getLast().block() + 1;
        for (Layer layer : shape.layers()) {
            String[] ranks = groups[layer.block() * groups.length / blocks].split(",", -1);
            String rank = switch (layer.role()) {
                case Q, K -> ranks[0];
                case V -> "NA";
                case O -> ranks[1];
                case GATE -> ranks[2];
                case UP -> ranks[3];
                case DOWN -> ranks[4];
            };
            entries.add("\"" + layer.key() + "\": " + (rank.equals("NA") ? "\"dense\"" : rank));
        }
        return entries.toString();
    }

    private static RankPlan plan(List<Layer> layers, String json) {
        Allocator allocator = new RanksAllocator();
        FileContent file = new FileContent("ranks.json", json.getBytes(StandardCharsets.UTF_8), "0");
        RankWish wish = allocator.allocate(new Allocation(
                Budget.of(BigDecimal.ZERO, layers),
                layers,
                new SyntheticStatistics(Set.of(), layers, Kind.TIED),
                Options.of(allocator.options(), Map.of("file", file)),
                0));
        int[] ranks = new int[layers.size()];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = wish.rank(i) == RankWish.DENSE ? RankPlan.DENSE : (int) wish.rank(i);
        }
        return new RankPlan(layers, ranks);
    }
}
