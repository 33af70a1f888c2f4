/**
 * Removal of components with the predicted changes of the loss held in balance (ZS-SVD).
 */
@NullMarked
package org.rankgrid.allocators.zssvd;

import org.jspecify.annotations.NullMarked;
