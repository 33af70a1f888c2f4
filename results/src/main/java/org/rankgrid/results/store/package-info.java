/**
 * A run directory: where results are kept so that a killed run loses nothing that was finished, and nobody's results are
 * overwritten.
 */
@NullMarked
package org.rankgrid.results.store;

import org.jspecify.annotations.NullMarked;
