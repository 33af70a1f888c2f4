/** One pass of the dense model over the calibration tokens, block by block: moments and similarities (cache 1). */
@NullMarked
package org.rankgrid.engine.calibrate;

import org.jspecify.annotations.NullMarked;
