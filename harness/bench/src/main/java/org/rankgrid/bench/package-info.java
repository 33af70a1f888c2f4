/**
 * Benchmarks of kernels (JMH) and of whole runs, each beside what this machine can do at most. Letters: m rows of a weight, n its
 * columns, k rank, t tokens, v vocabulary.
 */
@NullMarked
package org.rankgrid.bench;

import org.jspecify.annotations.NullMarked;
