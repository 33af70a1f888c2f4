/** Models by name: bundled, pulled, on disk or in the hub cache. */
@NullMarked
package org.rankgrid.data.model;

import org.jspecify.annotations.NullMarked;
