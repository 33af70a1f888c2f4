/**
 * Ranks inside each type of layer by block influence and reconstruction loss.
 */
@NullMarked
package org.rankgrid.allocators.swiftsvd;

import org.jspecify.annotations.NullMarked;
