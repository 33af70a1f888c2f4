package org.rankgrid.model.decoder;

/** The norms a decoder block may have. */
public enum BlockNorm {
    /** Of the stream, before the attention. */
    BEFORE_ATTENTION,
    /** Of the queries, before they are rotated. */
    QUERY,
    /** Of the keys, before they are rotated. */
    KEY,
    /** Of what the attention gives. */
    AFTER_ATTENTION,
    /** Of the stream, before the feed-forward network. */
    BEFORE_FEED_FORWARD,
    /** Of what the feed-forward network gives. */
    AFTER_FEED_FORWARD
}
