/**
 * The ground every plugin stands on: interfaces and small records, nothing that computes.
 *
 * <p>Letters used throughout rankgrid: m rows of a weight (features out), n its columns (features in), k a rank, t tokens
 * (rows of an activation). A weight W is m by n and is stored row-major; a linear layer computes y = W x + b for every row
 * x of an activation.
 */
@NullMarked
package org.rankgrid.spi;

import org.jspecify.annotations.NullMarked;
