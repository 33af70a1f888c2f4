/** From a plan to a decoder whose layers are prefixes of cache 2. */
@NullMarked
package org.rankgrid.engine.compress;

import org.jspecify.annotations.NullMarked;
