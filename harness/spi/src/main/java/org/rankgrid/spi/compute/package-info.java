/**
 * Backends: f32 tensors and the coarse operations of a decoder, and the service of dense decompositions.
 */
@NullMarked
package org.rankgrid.spi.compute;

import org.jspecify.annotations.NullMarked;
