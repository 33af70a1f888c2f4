/** Tests of the decoder. */
@NullMarked
package org.rankgrid.model.decoder;

import org.jspecify.annotations.NullMarked;
