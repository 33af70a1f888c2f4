/**
 * Ranks read from a file and scored as they are.
 */
@NullMarked
package org.rankgrid.allocators.ranks;

import org.jspecify.annotations.NullMarked;
