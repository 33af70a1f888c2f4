/**
 * What is compressed and how far: layers, the exact parameter budget, wishes and integer plans.
 */
@NullMarked
package org.rankgrid.spi.rank;

import org.jspecify.annotations.NullMarked;
