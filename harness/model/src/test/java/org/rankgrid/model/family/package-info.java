/** Tests of the families. */
@NullMarked
package org.rankgrid.model.family;

import org.jspecify.annotations.NullMarked;
