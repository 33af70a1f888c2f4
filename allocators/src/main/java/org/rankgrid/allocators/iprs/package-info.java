/**
 * Shares of blocks in proportion to the angle they turn the residual stream by (FLAT-LLM).
 */
@NullMarked
package org.rankgrid.allocators.iprs;

import org.jspecify.annotations.NullMarked;
