package org.rankgrid.spi.compute;

import java.util.Optional;

/** A linear layer on a backend: y = W x + b for every row x. */
public sealed interface Linear {

    /** m, features out. */
    int rows();

    /** n, features in. */
    int columns();

    /** b, 1 by m. */
    Optional<Tensor> bias();

    /** A weight as it was trained. */
    record Dense(Matrix weight, Optional<Tensor> bias) implements Linear {

        @Override
        public int rows() {
            return weight.rows();
        }

        @Override
        public int columns() {
            return weight.columns();
        }
    }

    /**
     * A weight in two factors, W = A B.
     *
     * @param left A, m by k
     * @param right B, k by n
     * @param bias b, 1 by m
     */
    record LowRank(Matrix left, Matrix right, Optional<Tensor> bias) implements Linear {

        /** Checks that the factors fit. */
        public LowRank {
            if (left.columns() != right.rows()) {
                throw new IllegalArgumentException("factors " + left.rows() + " x " + left.columns() + " and "
                        + right.rows() + " x " + right.columns() + " do not fit");
            }
        }

        @Override
        public int rows() {
            return left.rows();
        }

        @Override
        public int columns() {
            return right.columns();
        }
    }
}
