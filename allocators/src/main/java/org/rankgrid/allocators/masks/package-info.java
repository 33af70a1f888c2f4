/**
 * What allocators that train masks share: the training loop, the expected size, the scaling to a budget.
 */
@NullMarked
package org.rankgrid.allocators.masks;

import org.jspecify.annotations.NullMarked;
