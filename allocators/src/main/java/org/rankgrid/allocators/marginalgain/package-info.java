/**
 * Greedy choice of components by weighted error saved a parameter, and the weights it shares with the knapsack.
 */
@NullMarked
package org.rankgrid.allocators.marginalgain;

import org.jspecify.annotations.NullMarked;
