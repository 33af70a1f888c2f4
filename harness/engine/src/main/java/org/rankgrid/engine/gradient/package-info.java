/** Derivatives of the loss on calibration sequences. K is the number of a layer's components, t counts tokens. */
@NullMarked
package org.rankgrid.engine.gradient;

import org.jspecify.annotations.NullMarked;
