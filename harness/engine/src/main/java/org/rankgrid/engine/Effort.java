package org.rankgrid.engine;

/** Counts what is measured while an allocator runs. Used by one thread. */
public final class Effort {

    private long forwarded;
    private long trained;
    private long trials;
    private long computed;
    private long notFinite;
    private long blocksReused;

    /** So many tokens went through the model, forward only; blocks that were known did not run again. */
    public void forwarded(long tokens) {
        forwarded += tokens;
    }

    /** So many blocks were passed over, as the stream behind them was known: one for each sequence. */
    public void reused(long blocks) {
        blocksReused += blocks;
    }

    /** So many tokens went through the model forward and backward. */
    public void trained(long tokens) {
        trained += tokens;
    }

    /**
     * A plan's score was asked for.
     *
     * @param known whether nothing had to be computed
     * @param finite whether its loss is finite
     */
    public void trial(boolean known, boolean finite) {
        trials++;
        computed += known ? 0 : 1;
        notFinite += finite ? 0 : 1;
    }

    /** Tokens that went through the model, forward only. */
    public long tokensForwarded() {
        return forwarded;
    }

    /** Tokens that went through the model forward and backward. */
    public long tokensTrained() {
        return trained;
    }

    /** Blocks that were passed over, one for each sequence. */
    public long blocksReused() {
        return blocksReused;
    }

    /** Plans whose score was asked for. */
    public long trials() {
        return trials;
    }

    /** Those of them that took a pass through the model. */
    public long trialsComputed() {
        return computed;
    }

    /** Those of them whose loss is not finite. */
    public long trialsNotFinite() {
        return notFinite;
    }
}
