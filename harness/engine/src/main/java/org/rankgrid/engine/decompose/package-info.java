/** The full decomposition of every layer, once (cache 2); every plan is a prefix of it. */
@NullMarked
package org.rankgrid.engine.decompose;

import org.jspecify.annotations.NullMarked;
