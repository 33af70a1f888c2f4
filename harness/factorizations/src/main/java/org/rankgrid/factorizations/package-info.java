/**
 * Factorizations of a weight W, m by n, with respect to statistics of its input, such as its Gram matrix G, n by n;
 * K = min(m, n) components.
 */
@NullMarked
package org.rankgrid.factorizations;

import org.jspecify.annotations.NullMarked;
