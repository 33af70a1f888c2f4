package org.rankgrid.spi.rank;

/** The two sublayers of a decoder block, each with its own residual connection. */
public enum Sublayer {
    /** Norm and multi-head attention. */
    ATTENTION,
    /** Norm and feed-forward network. */
    FEED_FORWARD
}
