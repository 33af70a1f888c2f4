/**
 * What allocators that weigh single components share: scores from gradients, error curves held near a plan.
 */
@NullMarked
package org.rankgrid.allocators.components;

import org.jspecify.annotations.NullMarked;
