/**
 * The decoder: one interpreter over a description, written against {@code spi.compute}. Letters: t tokens, m features out,
 * n features in, k rank, v vocabulary.
 */
@NullMarked
package org.rankgrid.model.decoder;

import org.jspecify.annotations.NullMarked;
