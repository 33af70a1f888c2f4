/** Benchmarks run once, without being timed. */
@NullMarked
package org.rankgrid.bench;

import org.jspecify.annotations.NullMarked;
