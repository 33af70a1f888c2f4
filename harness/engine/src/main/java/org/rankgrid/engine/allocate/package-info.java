/** From an allocator's wish to a plan that meets the budget exactly. */
@NullMarked
package org.rankgrid.engine.allocate;

import org.jspecify.annotations.NullMarked;
