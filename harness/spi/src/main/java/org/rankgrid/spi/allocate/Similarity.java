package org.rankgrid.spi.allocate;

/**
 * How much a sublayer changes the residual stream, averaged over the calibration tokens. x is the stream that enters it
 * (before its norm), f(x) what it adds.
 *
 * @param residual mean cosine between x and x + f(x)
 * @param branch mean cosine between x and f(x)
 * @param angle mean angle between x and x + f(x) as a share of pi, cosines clamped to [0, 1] first (FLAT-LLM)
 */
public record Similarity(double residual, double branch, double angle) {}
