/**
 * Factorizations: from a weight and statistics of its input to a full spectrum and basis.
 */
@NullMarked
package org.rankgrid.spi.factorize;

import org.jspecify.annotations.NullMarked;
