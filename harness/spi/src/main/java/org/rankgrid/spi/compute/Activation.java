package org.rankgrid.spi.compute;

/** Activation functions of feed-forward networks. */
public enum Activation {
    /** x / (1 + exp(-x)). */
    SILU,
    /** x/2 (1 + erf(x / sqrt 2)). */
    GELU,
    /** x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))). */
    GELU_TANH,
    /** max(0, x). */
    RELU
}
