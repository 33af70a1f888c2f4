package org.rankgrid.allocators.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rankgrid.allocators.equalenergy.EqualEnergyAllocator;
import org.rankgrid.allocators.golden.Golden.Row;
import org.rankgrid.allocators.knapsack.KnapsackAllocator;
import org.rankgrid.allocators.marginalgain.MarginalGainAllocator;
import org.rankgrid.allocators.mgaa.MgaaAllocator;
import org.rankgrid.allocators.uniform.UniformAllocator;
import org.rankgrid.numerics.Apportionment;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;
import tools.jackson.databind.JsonNode;

class GoldenPlansTest {

    private static final Golden GOLDEN = Golden.load();

    private static final Map<String, Allocator> ALLOCATORS = Map.of(
            "uniform", new UniformAllocator(),
            "mgaa", new MgaaAllocator(),
            "ee", new EqualEnergyAllocator(),
            "mg", new MarginalGainAllocator(),
            "mgd", new MarginalGainAllocator(),
            "knapsack", new KnapsackAllocator());

    static List<Row> ownRows() {
        return GOLDEN.rows().stream()
                .filter(row -> ALLOCATORS.containsKey(row.allocator()))
                .toList();
    }

    /** Rows of all allocators, also of those that live elsewhere, unless they state a plan that was not repaired. */
    static List<Row> repairedRows() {
        // The goldens round wishes to nine digits, which breaks the ties of uniform: its rows are repaired from the
        // real wish.
        return GOLDEN.rows().stream()
                .filter(row ->
                        !row.allocator().equals("uniform") && !row.options().has("finish"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("ownRows")
    void wishesAndPlansAreThoseOfTheReference(Row row) {
        Allocator allocator = Objects.requireNonNull(ALLOCATORS.get(row.allocator()));
        Options options = Options.of(allocator.options(), options(row));
        RankWish wish = allocator.allocate(new Allocation(row.budget(), GOLDEN.layers(), GOLDEN, options, 0));
        for (int i = 0; i < wish.size(); i++) {
            if (row.wish().rank(i) == RankWish.DENSE) {
                assertThat(wish.rank(i)).as("layer %s", i).isEqualTo(RankWish.DENSE);
            } else {
                assertThat(wish.rank(i)).as("layer %s", i).isCloseTo(row.wish().rank(i), within(1e-9));
            }
        }
        assertFact(wish, "weighted_error", row.weightedError());
        assertFact(wish, "lower_bound", row.lowerBound());
        RankPlan plan = Apportionment.repair(row.budget(), GOLDEN.layers(), wish);
        assertThat(plan).isEqualTo(row.plan());
        assertThat(plan.parameters()).isEqualTo(row.parameters());
    }

    @ParameterizedTest
    @MethodSource("repairedRows")
    void repairMakesThePlansOfTheReference(Row row) {
        assertThat(Apportionment.repair(row.budget(), GOLDEN.layers(), row.wish()))
                .isEqualTo(row.plan());
    }

    private static void assertFact(RankWish wish, String name, OptionalDouble expected) {
        expected.ifPresent(
                value -> assertThat((Double) Objects.requireNonNull(wish.facts().get(name)))
                        .as(name)
                        .isCloseTo(value, within(1e-6 * value)));
    }

    /** The golden names of options in the allocators' words. */
    private static Map<String, Object> options(Row row) {
        JsonNode golden = row.options();
        Map<String, String> names = Map.of("fix", "correction", "sim", "similarity", "robust", "z");
        Map<String, Object> options = new HashMap<>();
        if (row.allocator().equals("mg")) {
            options.put("dense", false);
        }
        for (Map.Entry<String, JsonNode> option : golden.properties()) {
            String name = names.getOrDefault(option.getKey(), option.getKey());
            JsonNode value = option.getValue();
            options.put(
                    name,
                    switch (name) {
                        case "alpha" -> value.doubleValue();
                        case "skip" -> value.longValue();
                        case "within", "between" -> value.booleanValue();
                        case "z" -> value.booleanValue() ? "robust" : "standard";
                        default -> value.stringValue();
                    });
        }
        assertThat(options.keySet())
                .isSubsetOf(Set.of(
                        "alpha",
                        "skip",
                        "within",
                        "between",
                        "z",
                        "correction",
                        "similarity",
                        "group",
                        "weight",
                        "dense"));
        return options;
    }
}
