/**
 * Truncation by the sensitivity of single layers.
 */
@NullMarked
package org.rankgrid.allocators.asvd;

import org.jspecify.annotations.NullMarked;
