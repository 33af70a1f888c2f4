package org.rankgrid.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rankgrid.model.decoder.AttentionSpec;
import org.rankgrid.model.decoder.DecoderSpec;
import org.rankgrid.model.decoder.FeedForwardSpec;
import org.rankgrid.model.decoder.NormSpec;
import org.rankgrid.model.decoder.PositionSpec;
import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;

/** Prices against counts by hand, of a decoder small enough for that. */
class PriceTest {

    /** Two blocks of q 4x4, k and v 2x4, o 4x4, gate and up 6x4, down 4x6: 120 parameters each. */
    private static final DecoderSpec SPEC = new DecoderSpec(
            4,
            2,
            10,
            32,
            NormSpec.before(NormSpec.Kind.RMS, 1e-5),
            new AttentionSpec(2, 1, 2, 1, List.of(0, 0), 0, AttentionSpec.QueryKeyNorm.NONE),
            new PositionSpec.Learned(0, 32),
            new FeedForwardSpec(true, Activation.SILU, 6),
            false,
            Set.of(),
            true,
            1,
            0);

    private final Price price = new Price(SPEC, layers());

    @Test
    void aTokenPassesEveryLinearLayerAndTheHead() {
        assertThat(price.dense()).isEqualTo(240);
        assertThat(Price.macsPerToken(SPEC, 100)).isEqualTo(100 + 10 * 4);
    }

    @Test
    void scoringCountsProductsAndAttention() {
        // A token sees 3 of 5 others on average: 4 operations x 4 query features x 3 x 2 blocks.
        assertThat(price.scoring(240, 10, 7, 5))
                .containsExactly(
                        new Work(Work.Kind.DENSE_BLOCKS, 5, 10 * (2 * 240 + 96.0)),
                        new Work(Work.Kind.HEAD, 0, 7 * 2 * 40));
        assertThat(price.scoring(100, 10, 7, 5).getFirst())
                .isEqualTo(new Work(Work.Kind.FACTORED_BLOCKS, 5, 10 * (2 * 100 + 96.0)));
    }

    @Test
    void calibrationCountsOneGramMatrixForEachDistinctInput() {
        // In a block: three inputs of 4 columns (q k v; o; gate up) and one of 6 (down).
        int grams = 2 * (3 * 4 * 5 + 6 * 7);

        assertThat(price.calibration(10, 5))
                .isEqualTo(new Work(Work.Kind.CALIBRATED_BLOCKS, 5, 10 * (2 * 240 + grams + 96.0)));
    }

    @Test
    void trainingIsThreePassesForwardAndAllComponentsThereAndBack() {
        // K (m + n) of q and o 32 each, of k and v 12 each, of gate, up and down 40 each: 208 a block.
        assertThat(price.training(10, 5, false)).isEqualTo(3 * 10 * (2 * 240 + 96.0 + 2 * 40));
        assertThat(price.training(10, 5, true)).isEqualTo(3 * 10 * (2 * 240 + 96.0 + 2 * 40) + 10 * 4 * 416.0);
    }

    @Test
    void aDecompositionIsMadeOfItsProductsAndItsEigenproblem() {
        Price ofOne = new Price(SPEC, List.of(new Layer("q", 0, Role.Q, 4, 4)));

        assertThat(ofOne.decomposition().flops()).isEqualTo(2 * 4 * 16 + 2 * 4 * 16 + 2 * 4 * 16 + 9 * 64.0);
    }

    @Test
    void cachesHoldHalfGramMatricesAndAllComponents() {
        int four = 10 + 2 * 5 + 4;
        int six = 21 + 2 * 7 + 6;

        assertThat(price.calibrationBytes(2)).isEqualTo(8L * 2 * (3 * four + six));
        assertThat(price.decompositionBytes())
                .isEqualTo(2L * (2 * 4 * (4 * 8 + 8) + 2 * 2 * (4 * 6 + 8) + 3 * 4 * (4 * 10 + 8)));
    }

    private static List<Layer> layers() {
        List<Layer> layers = new ArrayList<>();
        for (int block = 0; block < SPEC.blocks(); block++) {
            for (Role role : SPEC.roles()) {
                layers.add(new Layer(block + "." + role, block, role, SPEC.rows(role), SPEC.columns(role)));
            }
        }
        return layers;
    }
}
