/**
 * Allocators run on the synthetic model, whose loss is known.
 */
@NullMarked
package org.rankgrid.allocators.synthetic;

import org.jspecify.annotations.NullMarked;
