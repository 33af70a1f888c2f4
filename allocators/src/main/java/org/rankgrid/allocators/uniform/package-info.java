/**
 * The baseline: the same share of every layer.
 */
@NullMarked
package org.rankgrid.allocators.uniform;

import org.jspecify.annotations.NullMarked;
