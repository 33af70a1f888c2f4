package org.rankgrid.results.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.Role;

class RanksFileTest {

    private static final List<Layer> LAYERS = List.of(
            new Layer("layers.0.q_proj", 0, Role.Q, 64, 64),
            new Layer("layers.0.down_proj", 0, Role.DOWN, 64, 172),
            new Layer("h.0.c_attn[q]", 0, Role.Q, 8, 8));

    private static final RankPlan PLAN = new RankPlan(LAYERS, new int[] {17, RankPlan.DENSE, 3});

    private static final String TEXT = """
            {
              "layers.0.q_proj": 17,
              "layers.0.down_proj": "dense",
              "h.0.c_attn[q]": 3
            }
            """;

    @Test
    void writesLayersInTheirOrder() {
        assertThat(RanksFile.write(PLAN)).isEqualTo(TEXT);
    }

    @Test
    void readsBackThePlan() {
        assertThat(RanksFile.read("ranks.json", bytes(TEXT), LAYERS)).isEqualTo(PLAN);
        assertThat(RanksFile.read("ranks.json", bytes(TEXT)))
                .containsExactly(
                        java.util.Map.entry("layers.0.q_proj", 17),
                        java.util.Map.entry("layers.0.down_proj", RankPlan.DENSE),
                        java.util.Map.entry("h.0.c_attn[q]", 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "2147483647", "1.5", "\"sparse\"", "null", "[1]", "true"})
    void refusesWhatIsNoRank(String value) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> RanksFile.read("ranks.json", bytes("{\"layer\": " + value + "}")))
                .withMessageStartingWith("ranks.json: layer is");
    }

    @Test
    void saysWhichLayerIsMissingUnknownOrOutOfRange() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> RanksFile.read("r", bytes("{\"layers.0.q_proj\": 1}"), LAYERS))
                .withMessage("r: layer layers.0.down_proj is missing: give it a rank or \"dense\"");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> RanksFile.read("r", bytes(TEXT.replace("17", "65")), LAYERS))
                .withMessage("r: layer layers.0.q_proj has rank 65, but 1 to 64 or \"dense\" was expected");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> RanksFile.read("r", bytes(TEXT), LAYERS.subList(0, 2)))
                .withMessage("r: h.0.c_attn[q] is not a layer of the model that can be compressed");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
