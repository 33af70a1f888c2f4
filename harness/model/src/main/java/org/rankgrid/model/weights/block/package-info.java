/** How the numbers of a tensor lie in a file, and how they become 32-bit floats: plain floats and ggml's quantised blocks. */
@NullMarked
package org.rankgrid.model.weights.block;

import org.jspecify.annotations.NullMarked;
