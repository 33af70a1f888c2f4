package org.rankgrid.allocators.ranks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.FileContent;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.spi.rank.Role;
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.SyntheticStatistics;
import org.rankgrid.testkit.SyntheticStatistics.Kind;

class RanksAllocatorTest extends AllocatorContract {

    private static final List<Layer> LAYERS = List.of(
            new Layer("model.layers.0.mlp.up_proj", 0, Role.UP, 8, 4),
            new Layer("model.layers.0.mlp.down_proj", 0, Role.DOWN, 4, 8));

    @Override
    protected Allocator allocator() {
        return new RanksAllocator();
    }

    @Override
    protected Map<String, Object> options(List<Layer> layers) {
        return Map.of(
                "file",
                file(layers.stream()
                        .map(layer -> "\"" + layer.key() + "\": "
                                + (layer.role() == Role.V ? "\"dense\"" : layer.block() + 1))
                        .collect(Collectors.joining(",\n", "{", "}"))));
    }

    @Test
    void takesRanksByKeyWhateverTheirOrder() {
        assertThat(wish("{\"model.layers.0.mlp.down_proj\": \"dense\", \"model.layers.0.mlp.up_proj\": 2}"))
                .isEqualTo(new RankWish(2, RankWish.DENSE));
        assertThat(wish("{\"model.layers.0.mlp.up_proj\": 1, \"model.layers.0.mlp.down_proj\": 4}"))
                .isEqualTo(new RankWish(1, 4));
    }

    @Test
    void anUnknownKeyIsToldWithItsPlaceAndTheNearest() {
        assertRefused(
                "{\"model.layers.0.mlp.up_proj\": 1,\n  \"model.layers.0.mlp.down_prj\": 4}",
                "ranks.json:2:3: 'model.layers.0.mlp.down_prj' is no compressible layer of this model (did you mean"
                        + " 'model.layers.0.mlp.down_proj' or 'model.layers.0.mlp.up_proj'?), whose first is 'model.layers.0.mlp.up_proj': give a file made"
                        + " for this model.");
        assertRefused(
                "{\"h.0\": 1}",
                "ranks.json:1:2: 'h.0' is no compressible layer of this model, whose first is"
                        + " 'model.layers.0.mlp.up_proj': give a file made for this model.");
    }

    @Test
    void missingLayersAreCounted() {
        assertRefused(
                "{\"model.layers.0.mlp.up_proj\": 1}",
                "ranks.json names 1 of the model's 2 layers and lacks 'model.layers.0.mlp.down_proj': give each a rank or"
                        + " \"dense\".");
        assertRefused(
                "{}",
                "ranks.json names 0 of the model's 2 layers and lacks 'model.layers.0.mlp.up_proj' and 1 more: give each a"
                        + " rank or \"dense\".");
    }

    @Test
    void aRankOutOfRangeIsToldWithTheRange() {
        for (int rank : new int[] {0, 5, 999_999_999}) {
            assertRefused(
                    "{\"model.layers.0.mlp.up_proj\": " + rank + ", \"model.layers.0.mlp.down_proj\": 1}",
                    "ranks.json:1:2: 'model.layers.0.mlp.up_proj' has rank " + rank
                            + ", expected 1 to 4 for a layer of 8 x 4, or \"dense\": correct the file.");
        }
    }

    private static void assertRefused(String text, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> wish(text))
                .withMessage(message);
    }

    private static RankWish wish(String text) {
        Allocator allocator = new RanksAllocator();
        Options options = Options.of(allocator.options(), Map.of("file", file(text)));
        Budget budget = Budget.of(BigDecimal.ZERO, LAYERS);
        return allocator.allocate(
                new Allocation(budget, LAYERS, new SyntheticStatistics(Set.of(), LAYERS, Kind.TIED), options, 0));
    }

    private static FileContent file(String text) {
        return new FileContent("ranks.json", text.getBytes(StandardCharsets.UTF_8), "0");
    }
}
