/** The local cache of the Hugging Face hub, as its own client lays it out. */
@NullMarked
package org.rankgrid.data.hub;

import org.jspecify.annotations.NullMarked;
