/** A checkpoint: weights on disk, the description of their decoder, and the tokenizer that belongs to them. */
@NullMarked
package org.rankgrid.model;

import org.jspecify.annotations.NullMarked;
