/**
 * Shares of blocks that fall linearly with depth (ATP).
 */
@NullMarked
package org.rankgrid.allocators.atp;

import org.jspecify.annotations.NullMarked;
