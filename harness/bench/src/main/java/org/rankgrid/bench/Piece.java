package org.rankgrid.bench;

/**
 * A piece of work over a model that can be done again and again.
 *
 * @param work its word: {@code eval}, {@code calibrate}, ...
 * @param window tokens of a window, calibration sequence or piece of text; 0 where they differ
 * @param tokens that go through the model once
 * @param run does it once
 */
record Piece(String work, int window, long tokens, Runnable run) {}
