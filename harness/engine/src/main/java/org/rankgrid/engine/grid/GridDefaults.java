package org.rankgrid.engine.grid;

import java.util.List;

/** What a grid means where it says nothing. Sizes of text samples have no default: they decide results. */
public final class GridDefaults {

    /** The factorizations: PCA of the outputs. */
    public static final List<String> FACTORIZATIONS = List.of("pca");

    /** The seeds. */
    public static final List<Long> SEEDS = List.of(0L);

    /** Groups of calibration sequences whose means are kept apart, if there are as many sequences (Bolaco's 32). */
    public static final int GROUPS = 32;

    /** Backend and decompositions library: the best available. */
    public static final String AUTO = "auto";

    /** Most threads that may be asked for. */
    public static final int MOST_THREADS = 1024;

    private GridDefaults() {}
}
