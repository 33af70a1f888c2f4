package org.rankgrid.backends.scalar;

import org.jspecify.annotations.Nullable;
import org.rankgrid.spi.compute.Linear;

/** A {@link Linear} whose weights a host backend packed. */
public sealed interface HostLinear {

    /** b, 1 by m; none for zero. */
    @Nullable
    HostTensor bias();

    /** The layer with its weights as these kernels packed them. */
    static HostLinear of(Linear layer) {
        HostTensor bias = layer.bias().isPresent() ? HostTensor.of(layer.bias().get()) : null;
        return switch (layer) {
            case Linear.Dense dense -> new Dense(HostMatrix.of(dense.weight()), bias);
            case Linear.LowRank factors ->
                new LowRank(HostMatrix.of(factors.left()), HostMatrix.of(factors.right()), bias);
        };
    }

    /** W, m by n. */
    record Dense(HostMatrix weight, @Nullable HostTensor bias) implements HostLinear {}

    /** W = A B: A m by k, B k by n. */
    record LowRank(
            HostMatrix left, HostMatrix right, @Nullable HostTensor bias) implements HostLinear {}
}
