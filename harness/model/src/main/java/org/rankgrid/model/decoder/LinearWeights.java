package org.rankgrid.model.decoder;

import java.util.Optional;
import org.rankgrid.spi.compute.Linear;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;

/** The values of a linear layer, read when asked for: y = W x + b. */
public sealed interface LinearWeights {

    /** m, features out. */
    int rows();

    /** n, features in. */
    int columns();

    /** b, m values. */
    Optional<float[]> bias();

    /** Puts the layer on a backend. */
    Linear pack(Scope scope);

    /**
     * A weight as it was trained.
     *
     * @param weight W, m by n
     * @param bias b, m values
     */
    record Dense(RowSource weight, Optional<float[]> bias) implements LinearWeights {

        /** Checks the length of the bias. */
        public Dense {
            requireLength(bias, weight.rows());
        }

        @Override
        public int rows() {
            return weight.rows();
        }

        @Override
        public int columns() {
            return weight.columns();
        }

        @Override
        public Linear pack(Scope scope) {
            return new Linear.Dense(scope.pack(weight), upload(bias, scope));
        }
    }

    /**
     * A weight in two factors, W = A B.
     *
     * @param left A, m by k
     * @param right B, k by n
     * @param bias b, m values
     */
    record LowRank(RowSource left, RowSource right, Optional<float[]> bias) implements LinearWeights {

        /** Checks that the factors and the bias fit. */
        public LowRank {
            if (left.columns() != right.rows()) {
                throw new IllegalArgumentException("factors " + left.rows() + " x " + left.columns() + " and "
                        + right.rows() + " x " + right.columns() + " do not fit");
            }
            requireLength(bias, left.rows());
        }

        /** k. */
        public int rank() {
            return left.columns();
        }

        @Override
        public int rows() {
            return left.rows();
        }

        @Override
        public int columns() {
            return right.columns();
        }

        @Override
        public Linear pack(Scope scope) {
            return new Linear.LowRank(scope.pack(left), scope.pack(right), upload(bias, scope));
        }
    }

    private static void requireLength(Optional<float[]> bias, int rows) {
        if (bias.isPresent() && bias.get().length != rows) {
            throw new IllegalArgumentException(bias.get().length + " biases for " + rows + " rows");
        }
    }

    private static Optional<Tensor> upload(Optional<float[]> bias, Scope scope) {
        return bias.map(values -> scope.upload(values, 1, values.length));
    }
}
