package org.rankgrid.model.decoder;

import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;

/** A linear layer of a block at work. */
sealed interface BlockLinear permits PlainLinear, ComponentLinear {

    /** Which layer it is. */
    Layer layer();

    /** Writes what it makes of x (t by n) into y (t by m). */
    void forward(Tensor x, Tensor y);

    /**
     * Through the layer: tells the observer, and writes dl/dx.
     *
     * @param x what the layer read, t by n
     * @param dy dl/dy, t by m
     * @param dx t by n; neither {@code x} nor {@code dy}
     */
    void backward(Tensor x, Tensor dy, Tensor dx, GradientObserver observer);
}
