/**
 * Pure functions that authors of plugins may use: apportionment of a budget, equal energy, convex hulls and knapsack of error
 * curves, capped shares, shares of blocks, AdamW, softmax, Gaussian processes, Python's random stream.
 *
 * <p>Letters as everywhere in rankgrid: m rows of a weight, n columns, k a rank, k* the largest rank that saves parameters.
 */
@NullMarked
package org.rankgrid.numerics;

import org.jspecify.annotations.NullMarked;
