package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rankgrid.numerics.Apportionment;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.AllocatorReference;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.OptionType;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.testkit.SyntheticStatistics.Kind;

/**
 * What every allocator must do. Inherit it, one class for each set of options worth checking:
 *
 * <pre>{@code
 * class DepthLinearAllocatorTest extends AllocatorContract {
 *     @Override
 *     protected Allocator allocator() {
 *         return new DepthLinearAllocator();
 *     }
 * }
 * }</pre>
 */
public abstract class AllocatorContract {

    private static final List<String> RATIOS = List.of("0", "0.01", "0.1", "0.2", "0.5", "0.9");

    private static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";

    /** A new instance of the allocator. */
    protected abstract Allocator allocator();

    /**
     * The options to check it with; those left out have their defaults.
     *
     * @param layers the layers that will be allocated, for options that name them
     */
    protected Map<String, Object> options(List<Layer> layers) {
        return Map.of();
    }

    @Test
    void tellsWhoItIs() {
        Allocator allocator = allocator();
        assertThat(allocator.id()).matches(NAME);
        assertThat(allocator.summary()).isNotBlank().endsWith(".").doesNotContain("\n");
        assertThat(allocator.version()).isNotBlank();
    }

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(Allocator.class))
                .as("classes named in META-INF/services/%s", Allocator.class.getName())
                .hasAtLeastOneElementOfType(allocator().getClass());
    }

    @Test
    void declaresOptionsWithValidDefaults() {
        List<OptionSpec> options = allocator().options();
        assertThat(options).extracting(OptionSpec::name).doesNotHaveDuplicates();
        for (OptionSpec option : options) {
            assertThat(option.name()).matches(NAME);
            assertThat(option.help()).as("help of %s", option.name()).isNotBlank();
            option.defaultValue()
                    .ifPresent(value -> assertThat(allows(option.type(), value))
                            .as("default %s of %s, a %s", value, option.name(), option.type())
                            .isTrue());
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesEveryLayerARankOrLeavesItDense(Inventory inventory) {
        for (Kind kind : Kind.values()) {
            for (String ratio : RATIOS) {
                RankWish wish = wish(inventory, kind, ratio);
                assertThat(wish.size())
                        .as("wishes at ratio %s", ratio)
                        .isEqualTo(inventory.layers().size());
                for (int i = 0; i < wish.size(); i++) {
                    boolean dense = wish.rank(i) == RankWish.DENSE;
                    assertThat(dense || Double.isFinite(wish.rank(i)))
                            .as("wish %s for layer %s at ratio %s", wish.rank(i), i, ratio)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void meetsTheBudgetOnceRepaired(Inventory inventory) {
        if (allocator().fixedPlan()) {
            return;
        }
        List<Layer> layers = inventory.layers();
        for (Kind kind : Kind.values()) {
            for (String ratio : RATIOS) {
                long unspent = budget(ratio, layers).parameters()
                        - plan(inventory, kind, ratio).parameters();
                assertThat(unspent).as("unspent at ratio %s", ratio).isNotNegative();
                assertThat(unspent)
                        .as("unspent at ratio %s, against the cheapest step left", ratio)
                        .isLessThan(cheapestStep(plan(inventory, kind, ratio)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesEverythingDenseAtRatioZero(Inventory inventory) {
        if (allocator().fixedPlan()) {
            return;
        }
        for (Kind kind : Kind.values()) {
            assertThat(plan(inventory, kind, "0")).isEqualTo(RankPlan.dense(inventory.layers()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void neverKeepsMoreAtAHigherRatio(Inventory inventory) {
        if (allocator().fixedPlan()) {
            return;
        }
        for (Kind kind : Kind.values()) {
            List<Long> kept = RATIOS.stream()
                    .map(ratio -> -plan(inventory, kind, ratio).parameters())
                    .toList();
            assertThat(kept).as("parameters removed at ratios %s", RATIOS).isSorted();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFixedPlanIsAPlanWhateverTheRatio(Inventory inventory) {
        if (!allocator().fixedPlan()) {
            return;
        }
        List<Layer> layers = inventory.layers();
        RankWish first = wish(inventory, Kind.REALISTIC, RATIOS.getFirst());
        for (String ratio : RATIOS) {
            assertThat(wish(inventory, Kind.REALISTIC, ratio)).isEqualTo(first);
        }
        for (int i = 0; i < layers.size(); i++) {
            double rank = first.rank(i);
            boolean whole = rank == Math.rint(rank)
                    && rank >= 1
                    && rank <= layers.get(i).fullRank();
            assertThat(rank == RankWish.DENSE || whole)
                    .as("rank %s of %s", rank, layers.get(i))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void decidesTheSameEachTime(Inventory inventory) {
        for (Kind kind : Kind.values()) {
            for (String ratio : RATIOS) {
                assertThat(wish(inventory, kind, ratio))
                        .as("second wish at ratio %s", ratio)
                        .isEqualTo(wish(inventory, kind, ratio));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheStatisticsAsTheyAre(Inventory inventory) {
        List<Layer> layers = inventory.layers();
        Allocator allocator = allocator();
        Options options = Options.of(allocator.options(), options(layers));
        Budget budget = budget("0.2", layers);
        SyntheticStatistics given = new SyntheticStatistics(allocator.needs(options), layers, Kind.REALISTIC, budget);
        allocator.allocate(new Allocation(budget, layers, given, options, 0));
        SyntheticStatistics fresh = new SyntheticStatistics(allocator.needs(options), layers, Kind.REALISTIC, budget);
        assertThat(given)
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*\\.calls", "trials\\.plans") // they count questions
                .isEqualTo(fresh);
    }

    private RankWish wish(Inventory inventory, Kind kind, String ratio) {
        List<Layer> layers = inventory.layers();
        Allocator allocator = allocator();
        Options options = Options.of(allocator.options(), options(layers));
        Budget budget = budget(ratio, layers);
        SyntheticStatistics statistics = new SyntheticStatistics(allocator.needs(options), layers, kind, budget);
        return allocator.allocate(new Allocation(budget, layers, statistics, options, 0));
    }

    private RankPlan plan(Inventory inventory, Kind kind, String ratio) {
        List<Layer> layers = inventory.layers();
        return Apportionment.repair(budget(ratio, layers), layers, wish(inventory, kind, ratio));
    }

    private static Budget budget(String ratio, List<Layer> layers) {
        return Budget.of(new BigDecimal(ratio), layers);
    }

    private static long cheapestStep(RankPlan plan) {
        long cheapest = Long.MAX_VALUE;
        for (int i = 0; i < plan.layers().size(); i++) {
            if (!plan.isDense(i)) {
                Layer layer = plan.layers().get(i);
                boolean last = plan.rank(i) == layer.largestSavingRank();
                long step = last ? layer.parameters() - plan.parameters(i) : layer.costOfRank();
                cheapest = Math.min(cheapest, step);
            }
        }
        return cheapest;
    }

    private static boolean allows(OptionType type, Object value) {
        return switch (type) {
            case OptionType.Whole whole -> value instanceof Long given && given >= whole.min() && given <= whole.max();
            case OptionType.Real real -> value instanceof Double given && given >= real.min() && given <= real.max();
            case OptionType.Flag() -> value instanceof Boolean;
            case OptionType.Choice(List<String> words) -> value instanceof String given && words.contains(given);
            case OptionType.Text() -> value instanceof String;
            case OptionType.File() -> false;
            case OptionType.Allocator() -> value instanceof AllocatorReference;
        };
    }
}
