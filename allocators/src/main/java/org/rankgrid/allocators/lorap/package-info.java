/**
 * A fixed rule for attention: values and outputs keep more than queries and keys (LoRAP).
 */
@NullMarked
package org.rankgrid.allocators.lorap;

import org.jspecify.annotations.NullMarked;
