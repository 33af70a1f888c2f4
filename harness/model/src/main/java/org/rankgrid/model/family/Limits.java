package org.rankgrid.model.family;

/** Sizes no model has: a configuration beyond them is damaged. */
final class Limits {

    static final int FEATURES = 1 << 20;
    static final int BLOCKS = 1 << 12;
    static final int HEADS = 1 << 14;
    static final int HEAD_SIZE = 1 << 14;
    static final int VOCABULARY = 1 << 24;
    static final int POSITIONS = 1 << 26;
    static final double EPSILON = 1;
    static final double BASE = 1e15;
    static final double FACTOR = 1e6;

    private Limits() {}
}
