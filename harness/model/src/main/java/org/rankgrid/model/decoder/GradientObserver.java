package org.rankgrid.model.decoder;

import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;

/**
 * Watches a loss on its way back, from the last block to the first. Tensors are t by features and hold their values during
 * the call only; an observer must not write to them.
 */
public interface GradientObserver {

    /** Watches nothing. */
    GradientObserver NONE = new GradientObserver() {
        @Override
        public boolean wantsComponents() {
            return false;
        }
    };

    /**
     * Whether {@link #components} is to be called. Its values cost about a forward and a backward product of every layer, so
     * an observer that has no use for them says no.
     */
    default boolean wantsComponents() {
        return true;
    }

    /**
     * The gradient with respect to what a linear layer of a block gave; the gradient with respect to its weight is
     * gradient^T input.
     *
     * @param input x, t by n
     * @param gradient dl/dy, t by m
     */
    default void linear(Layer layer, Tensor input, Tensor gradient) {}

    /**
     * The same of a layer with components, in their basis: the gradient with respect to the mask value of a component is the
     * sum over tokens of value times gradient.
     *
     * @param values V x, or V (x - c) with a centre c, before the mask, t by K
     * @param gradients U^T dl/dy, before the mask, t by K
     */
    default void components(Layer layer, Tensor values, Tensor gradients) {}

    /**
     * The gradient with respect to the stream before the first block.
     *
     * @param gradient t by hidden
     */
    default void embedding(Tensor gradient) {}
}
