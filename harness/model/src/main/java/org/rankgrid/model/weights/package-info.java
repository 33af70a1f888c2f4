/** Tensors of a checkpoint on disk: safetensors and GGUF, read in place, dequantised row by row. */
@NullMarked
package org.rankgrid.model.weights;

import org.jspecify.annotations.NullMarked;
