/**
 * The scalar backend, and what every backend on the host shares: tensors in memory segments, scopes, shape checks.
 *
 * <p>Plain loops with sums in double: the oracle other backends are measured against, and the kernels a host backend
 * inherits where it has none of its own. Letters: m features out, n features in, k a rank, t tokens, v tokens of the
 * vocabulary.
 */
@NullMarked
package org.rankgrid.backends.scalar;

import org.jspecify.annotations.NullMarked;
