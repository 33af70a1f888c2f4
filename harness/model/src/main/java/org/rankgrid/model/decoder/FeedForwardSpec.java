package org.rankgrid.model.decoder;

import org.rankgrid.spi.compute.Activation;

/**
 * The feed-forward network of a block.
 *
 * @param gated whether it is down(activation(gate(x)) * up(x)), else down(activation(up(x)))
 * @param activation its activation function
 * @param inner features between up and down
 */
public record FeedForwardSpec(boolean gated, Activation activation, int inner) {

    /** Checks the size. */
    public FeedForwardSpec {
        if (inner < 1) {
            throw new IllegalArgumentException("inner size " + inner);
        }
    }
}
