package org.rankgrid.model.decoder;

import java.util.List;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Sublayer;

/**
 * Watches a block at work. All tensors are t by features and hold their values only during the call; an observer must not
 * write to them.
 */
public interface BlockObserver {

    /** Watches nothing. */
    BlockObserver NONE = new BlockObserver() {};

    /**
     * What some linear layers read: q, k and v share one call, gate and up another.
     *
     * @param layers the layers that read it, roles in order
     * @param input x, t by n
     */
    default void linearInput(List<Layer> layers, Tensor input) {}

    /**
     * What a sublayer gives, before it is added to the stream.
     *
     * @param before x, the stream the sublayer read, before its norm
     * @param branch f(x)
     */
    default void branch(int block, Sublayer sublayer, Tensor before, Tensor branch) {}

    /**
     * The stream with what a sublayer gave.
     *
     * @param before x, the stream the sublayer read, before its norm
     * @param after x + f(x)
     */
    default void sum(int block, Sublayer sublayer, Tensor before, Tensor after) {}

    /** The stream before and after a whole block. */
    default void block(int block, Tensor before, Tensor after) {}
}
