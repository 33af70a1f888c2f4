package org.rankgrid.spi.allocate;

/**
 * How much a piece of the decoder changes the residual stream, averaged over the calibration tokens. x is the stream that
 * enters the piece (before its norm), f(x) what the piece adds to it.
 *
 * @param residual mean cosine between x and x + f(x)
 * @param branch mean cosine between x and f(x)
 * @param angle mean angle between x and x + f(x) as a share of pi, cosines clamped to [0, 1] first (FLAT-LLM)
 */
public record Similarity(double residual, double branch, double angle) {}
