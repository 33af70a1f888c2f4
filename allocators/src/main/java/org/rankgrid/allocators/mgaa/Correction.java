package org.rankgrid.allocators.mgaa;

/** How the ratios of sublayers are corrected so that together they remove the target (ALGORITHMS A.1, FIX). */
enum Correction {
    /** The same amount is added to every ratio. */
    SHIFT,
    /** Every ratio is multiplied by the same factor. */
    SCALE,
    /** The ratios of attention stay, the same amount is added to every feed-forward one: the role of beta. */
    FFN
}
