package org.rankgrid.numerics;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.rankgrid.spi.rank.Layer;

/** The decoder blocks that have layers to compress, by depth: their positions count without gaps from 0. */
public final class BlockOrder {

    private final int[] blocks;

    private BlockOrder(int[] blocks) {
        this.blocks = blocks;
    }

    /** The blocks of some layers. */
    public static BlockOrder of(List<Layer> layers) {
        return new BlockOrder(
                layers.stream().mapToInt(Layer::block).distinct().sorted().toArray());
    }

    /** Number of blocks. */
    public int count() {
        return blocks.length;
    }

    /** A number for every block, in order; the function is given {@link Layer#block}. */
    public double[] measure(IntToDoubleFunction ofBlock) {
        return Arrays.stream(blocks).mapToDouble(ofBlock).toArray();
    }

    /**
     * The position of a layer's block.
     *
     * @throws IllegalArgumentException if the layer is in none of these blocks
     */
    public int position(Layer layer) {
        int position = Arrays.binarySearch(blocks, layer.block());
        if (position < 0) {
            throw new IllegalArgumentException("no block " + layer.block() + ", that of " + layer.key());
        }
        return position;
    }
}
