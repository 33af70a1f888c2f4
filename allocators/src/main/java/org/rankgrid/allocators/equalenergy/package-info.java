/**
 * One share of retained energy for the whole model.
 */
@NullMarked
package org.rankgrid.allocators.equalenergy;

import org.jspecify.annotations.NullMarked;
