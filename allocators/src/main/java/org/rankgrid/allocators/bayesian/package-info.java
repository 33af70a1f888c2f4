/**
 * Kept shares by type of layer and depth, found by Bayesian optimisation.
 */
@NullMarked
package org.rankgrid.allocators.bayesian;

import org.jspecify.annotations.NullMarked;
