package org.rankgrid.spi.allocate;

/**
 * How much a whole decoder block changes the residual stream, averaged over the calibration tokens.
 *
 * @param cosine mean cosine between the stream before and after the block; 1 minus it is the block influence of ShortGPT
 * @param angle mean angle between the two as a share of pi, cosines clamped to [0, 1] first (FLAT-LLM)
 */
public record BlockSimilarity(double cosine, double angle) {}
