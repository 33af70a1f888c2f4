package org.rankgrid.backends.scalar;

/** The soft cap of attention scores and logits (Gemma 2, arXiv:2408.00118). */
final class SoftCap {

    private SoftCap() {}

    /** cap tanh(value / cap), or the value itself where the cap is 0. */
    static double apply(double value, double cap) {
        return cap == 0 ? value : cap * Math.tanh(value / cap);
    }

    /** The derivative of the cap where it gave a value: 1 - (capped / cap)^2. */
    static double slope(double capped, double cap) {
        return cap == 0 ? 1 : 1 - (capped / cap) * (capped / cap);
    }
}
