package org.rankgrid.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;

class BlockOrderTest {

    private static final Layer FIRST = new Layer("a", 2, Role.Q, 4, 4);
    private static final Layer LAST = new Layer("c", 7, Role.Q, 4, 4);

    @Test
    void blocksWithoutLayersAreNotCounted() {
        BlockOrder blocks = BlockOrder.of(List.of(FIRST, new Layer("b", 2, Role.K, 4, 4), LAST));
        assertThat(blocks.count()).isEqualTo(2);
        assertThat(blocks.position(FIRST)).isZero();
        assertThat(blocks.position(LAST)).isEqualTo(1);
        assertThat(blocks.measure(block -> 10 * block)).containsExactly(20, 70);
    }

    @Test
    void aLayerOfAnotherBlockHasNoPosition() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BlockOrder.of(List.of(FIRST)).position(LAST))
                .withMessage("no block 7, that of c");
    }
}
