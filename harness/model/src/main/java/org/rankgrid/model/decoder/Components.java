package org.rankgrid.model.decoder;

import java.util.Optional;
import org.rankgrid.spi.compute.RowSource;

/**
 * All that a decomposition knows of a linear layer: W is about left right, in K = min(m, n) components of which any first k
 * are the layer at rank k. With a centre c the layer at rank k is y = left_k right_k (x - c) + W c + b.
 *
 * @param left U, m by K
 * @param right V, K by n
 * @param centre c, n values
 */
public record Components(RowSource left, RowSource right, Optional<double[]> centre) {

    /** Checks that the parts fit. */
    public Components {
        if (left.columns() != right.rows()) {
            throw new IllegalArgumentException("components " + left.rows() + " x " + left.columns() + " and "
                    + right.rows() + " x " + right.columns() + " do not fit");
        }
        if (centre.isPresent() && centre.get().length != right.columns()) {
            throw new IllegalArgumentException(
                    "a centre of " + centre.get().length + " values for " + right.columns() + " features");
        }
    }

    /** K. */
    public int count() {
        return left.columns();
    }
}
