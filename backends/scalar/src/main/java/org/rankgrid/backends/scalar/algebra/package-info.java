/**
 * Dense decompositions in plain Java: m rows, n columns, K = min(m, n); everything row-major and in double.
 */
@NullMarked
package org.rankgrid.backends.scalar.algebra;

import org.jspecify.annotations.NullMarked;
