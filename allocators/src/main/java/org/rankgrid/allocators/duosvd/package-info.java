/**
 * A knapsack of losses measured around the target.
 */
@NullMarked
package org.rankgrid.allocators.duosvd;

import org.jspecify.annotations.NullMarked;
