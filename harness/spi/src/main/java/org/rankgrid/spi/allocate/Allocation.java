package org.rankgrid.spi.allocate;

import java.util.List;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;

/**
 * One allocation to be made.
 *
 * @param budget what may be kept
 * @param layers the layers to share it among, block by block, roles in the order of {@link org.rankgrid.spi.rank.Role}
 * @param statistics what the allocator declared it needs
 * @param options its options, validated
 * @param seed for allocators that draw random numbers
 */
public record Allocation(Budget budget, List<Layer> layers, Statistics statistics, Options options, long seed) {

    /** Copies the list. */
    public Allocation {
        layers = List.copyOf(layers);
    }
}
