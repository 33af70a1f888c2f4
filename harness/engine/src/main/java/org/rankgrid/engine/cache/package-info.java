/** What was computed once and is kept on disk, addressed by a hash of everything that went into it. */
@NullMarked
package org.rankgrid.engine.cache;

import org.jspecify.annotations.NullMarked;
