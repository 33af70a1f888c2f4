/**
 * Shares of blocks by a softmax of their influence (MoDeGPT).
 */
@NullMarked
package org.rankgrid.allocators.bisoftmax;

import org.jspecify.annotations.NullMarked;
