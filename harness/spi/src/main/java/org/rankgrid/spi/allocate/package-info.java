/**
 * Allocators: from a budget and statistics to a wish of ranks.
 */
@NullMarked
package org.rankgrid.spi.allocate;

import org.jspecify.annotations.NullMarked;
