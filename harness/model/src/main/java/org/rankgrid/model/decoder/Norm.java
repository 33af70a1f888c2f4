package org.rankgrid.model.decoder;

import java.util.Optional;
import org.rankgrid.spi.compute.BackwardOperations;
import org.rankgrid.spi.compute.Operations;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;

/**
 * A norm on a backend: a layer norm where there is a bias.
 *
 * @param weight 1 by w
 * @param bias 1 by w
 */
record Norm(Tensor weight, Optional<Tensor> bias, double epsilon) {

    static Norm load(NormWeights weights, double epsilon, Scope scope) {
        int width = weights.weight().length;
        return new Norm(
                scope.upload(weights.weight(), 1, width),
                weights.bias().map(bias -> scope.upload(bias, 1, width)),
                epsilon);
    }

    void apply(Operations operations, Tensor x, Tensor out) {
        if (bias.isPresent()) {
            operations.layerNorm(x, weight, bias.get(), epsilon, out);
        } else {
            operations.rmsNorm(x, weight, epsilon, out);
        }
    }

    /** From the gradient of what the norm gave to that of x, what it read; dx may be dy. */
    void backward(BackwardOperations operations, Tensor x, Tensor dy, Tensor dx) {
        if (bias.isPresent()) {
            operations.layerNorm(x, weight, epsilon, dy, dx);
        } else {
            operations.rmsNorm(x, weight, epsilon, dy, dx);
        }
    }
}
