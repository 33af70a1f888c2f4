package org.rankgrid.spi.rank;

/** What a linear layer does in its block, in the order in which layers of a block are listed everywhere. */
public enum Role {
    /** Query projection. */
    Q(Sublayer.ATTENTION),
    /** Key projection. */
    K(Sublayer.ATTENTION),
    /** Value projection. */
    V(Sublayer.ATTENTION),
    /** Attention output projection. */
    O(Sublayer.ATTENTION),
    /** Gate of a gated feed-forward network; absent in plain ones. */
    GATE(Sublayer.FEED_FORWARD),
    /** First projection of the feed-forward network (up_proj, fc1, c_fc). */
    UP(Sublayer.FEED_FORWARD),
    /** Second projection of the feed-forward network (down_proj, fc2, c_proj). */
    DOWN(Sublayer.FEED_FORWARD);

    private final Sublayer sublayer;

    Role(Sublayer sublayer) {
        this.sublayer = sublayer;
    }

    /** The sublayer the role belongs to. */
    public Sublayer sublayer() {
        return sublayer;
    }
}
