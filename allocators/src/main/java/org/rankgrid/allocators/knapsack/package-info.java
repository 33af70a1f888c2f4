/**
 * The exact minimum of a weighted sum of truncation errors.
 */
@NullMarked
package org.rankgrid.allocators.knapsack;

import org.jspecify.annotations.NullMarked;
