/**
 * Families: from a Hugging Face {@code config.json} or the metadata of a GGUF file to the description of a decoder and the
 * names of its tensors.
 */
@NullMarked
package org.rankgrid.model.family;

import org.jspecify.annotations.NullMarked;
