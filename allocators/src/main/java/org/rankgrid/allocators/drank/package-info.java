/**
 * Ranks inside a type of layer by the effective rank of its spectrum (D-Rank).
 */
@NullMarked
package org.rankgrid.allocators.drank;

import org.jspecify.annotations.NullMarked;
