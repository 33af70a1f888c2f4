package org.rankgrid.engine.grid;

/**
 * What statistics are measured on.
 *
 * @param sample the text
 * @param groups groups of sequences whose means are kept apart, at most as many as sequences
 */
public record Calibration(TextSample sample, int groups) {}
