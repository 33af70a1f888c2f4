/**
 * ARA: ranks from staircase masks that are trained on the loss of the model.
 */
@NullMarked
package org.rankgrid.allocators.ara;

import org.jspecify.annotations.NullMarked;
