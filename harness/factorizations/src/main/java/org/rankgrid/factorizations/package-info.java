/**
 * Factorizations of a weight W, m by n, with respect to the Gram matrix G, n by n, of its input; K = min(m, n) components.
 */
@NullMarked
package org.rankgrid.factorizations;

import org.jspecify.annotations.NullMarked;
