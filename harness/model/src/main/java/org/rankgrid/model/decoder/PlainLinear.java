package org.rankgrid.model.decoder;

import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.Linear;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;

/** A linear layer that stays as it was loaded. */
record PlainLinear(Layer layer, Linear linear, Backend backend) implements BlockLinear {

    @Override
    public void forward(Tensor x, Tensor y, Coordinates room) {
        backend.operations().linear(x, linear, y);
    }

    @Override
    public void backward(Tensor x, Tensor dy, Tensor dx, Coordinates room, GradientObserver observer) {
        observer.linear(layer, x, dy);
        backend.backward().linear(dy, linear, dx);
    }
}
