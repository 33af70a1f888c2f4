/**
 * Ranks from tanh masks with one trained number a layer, after Dobi-SVD.
 */
@NullMarked
package org.rankgrid.allocators.tanhmask;

import org.jspecify.annotations.NullMarked;
