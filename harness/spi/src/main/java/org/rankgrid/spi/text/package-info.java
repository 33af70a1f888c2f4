/**
 * Tokenizers: text to token ids and back.
 */
@NullMarked
package org.rankgrid.spi.text;

import org.jspecify.annotations.NullMarked;
