package org.rankgrid.model.decoder;

import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.Linear;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;

/** A linear layer of a block at work. */
sealed interface BlockLinear permits PlainLinear, ComponentLinear {

    /** Makes the linear layers of a decoder's blocks from their weights, once these are on the backend. */
    interface Maker {

        /**
         * The layer at work.
         *
         * @param scope owns what it adds to the weight
         */
        BlockLinear make(Layer layer, Linear linear, Scope scope);

        /** Makes layers that stay as they were loaded. */
        static Maker plain(Backend backend) {
            return (layer, linear, scope) -> new PlainLinear(layer, linear, backend);
        }
    }

    /** Which layer it is. */
    Layer layer();

    /**
     * Writes what it makes of x into y.
     *
     * @param x t by n
     * @param y t by m
     * @param room for what it needs on its way, and for what the way back will want
     */
    void forward(Tensor x, Tensor y, Coordinates room);

    /**
     * Through the layer: tells the observer, and writes dl/dx.
     *
     * @param x what the layer read, t by n
     * @param dy dl/dy, t by m
     * @param dx t by n; neither {@code x} nor {@code dy}
     * @param room as the way forward left it
     */
    void backward(Tensor x, Tensor dy, Tensor dx, Coordinates room, GradientObserver observer);
}
