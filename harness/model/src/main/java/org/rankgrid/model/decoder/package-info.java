/**
 * The decoder, forward and backward: one interpreter over a description, written against {@code spi.compute}. Letters: t
 * tokens, m features out, n features in, k rank, K components, v vocabulary; dy is the gradient with respect to y.
 */
@NullMarked
package org.rankgrid.model.decoder;

import org.jspecify.annotations.NullMarked;
