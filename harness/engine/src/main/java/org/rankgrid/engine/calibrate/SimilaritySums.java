package org.rankgrid.engine.calibrate;

import org.rankgrid.spi.allocate.BlockSimilarity;
import org.rankgrid.spi.allocate.Similarity;

/** Sums the cosines of a sublayer or a block token by token, in order. */
final class SimilaritySums {

    private double residual;
    private double angle;
    private double branch;
    private long tokens;

    /** Adds cos(x, x + f(x)) of some tokens. */
    void addResidual(double[] cosines) {
        for (double cosine : cosines) {
            residual += cosine;
            angle += Math.acos(Math.clamp(cosine, 0.0, 1.0)) / Math.PI;
        }
        tokens += cosines.length;
    }

    /** Adds cos(x, f(x)) of the same tokens. */
    void addBranch(double[] cosines) {
        for (double cosine : cosines) {
            branch += cosine;
        }
    }

    Similarity sublayer() {
        return new Similarity(residual / tokens, branch / tokens, angle / tokens);
    }

    BlockSimilarity block() {
        return new BlockSimilarity(residual / tokens, angle / tokens);
    }
}
