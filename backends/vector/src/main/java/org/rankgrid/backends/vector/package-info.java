/**
 * The vector backend: the host's SIMD units through the Vector API, on a fixed pool of threads.
 *
 * <p>Every element is computed by the same operations in the same order whatever the number of threads and whatever else
 * is in the batch. Sums over lanes are therefore never left to the Vector API, which does not fix their order. Letters: m
 * features out, n features in, k a rank, t tokens, v tokens of the vocabulary, d features of a head.
 */
@NullMarked
package org.rankgrid.backends.vector;

import org.jspecify.annotations.NullMarked;
