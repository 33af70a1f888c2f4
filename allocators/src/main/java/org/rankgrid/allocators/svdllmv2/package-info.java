/**
 * Shares inside a type of layer by the logarithm of the truncation loss (SVD-LLM V2).
 */
@NullMarked
package org.rankgrid.allocators.svdllmv2;

import org.jspecify.annotations.NullMarked;
