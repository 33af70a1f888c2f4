/**
 * MGAA: shares between sublayers by similarity, inside a sublayer by equal energy.
 */
@NullMarked
package org.rankgrid.allocators.mgaa;

import org.jspecify.annotations.NullMarked;
