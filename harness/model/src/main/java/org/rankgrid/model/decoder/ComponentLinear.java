package org.rankgrid.model.decoder;

import java.util.Arrays;
import java.util.Optional;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.Linear;
import org.rankgrid.spi.compute.Matrix;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;

/**
 * A linear layer that runs dense, y = W x + b, or through its components, y = U_k diag(mask) V_k (x - c) + W c + b. What does
 * not depend on x is one bias, computed when the mask is chosen.
 */
final class ComponentLinear implements BlockLinear {

    private final Layer layer;
    private final Backend backend;
    private final Linear dense;
    private final Matrix left;
    private final Matrix right;
    private final Optional<Centre> centre;
    private Optional<Truncation> truncation = Optional.empty();

    /**
     * What a centre adds.
     *
     * @param shift -V c, K values
     * @param shiftTensor the same, 1 by K
     * @param bias W c + b, 1 by m
     */
    private record Centre(float[] shift, Tensor shiftTensor, Tensor bias) {}

    /**
     * The first k components, weighted.
     *
     * @param factors U_k and V_k with the bias that belongs to them
     * @param mask 1 by k
     * @param plain whether the mask is all ones
     */
    private record Truncation(Linear.LowRank factors, Tensor mask, boolean plain) {

        int rank() {
            return factors.right().rows();
        }
    }

    private ComponentLinear(
            Layer layer, Backend backend, Linear dense, Matrix left, Matrix right, Optional<Centre> centre) {
        this.layer = layer;
        this.backend = backend;
        this.dense = dense;
        this.left = left;
        this.right = right;
        this.centre = centre;
    }

    /** Puts the components of a layer beside its dense weight; the layer runs dense at first. */
    static ComponentLinear load(Layer layer, Linear dense, Components components, Backend backend, Scope scope) {
        if (components.left().rows() != layer.rows()
                || components.right().columns() != layer.columns()
                || components.count() != layer.fullRank()) {
            throw new IllegalArgumentException("layer " + layer.key() + " is " + layer.rows() + " x " + layer.columns()
                    + ", but its components are " + components.left().rows() + " x " + components.count() + " and "
                    + components.right().rows() + " x " + components.right().columns());
        }
        Matrix right = scope.pack(components.right());
        return new ComponentLinear(
                layer,
                backend,
                dense,
                scope.pack(components.left()),
                right,
                components.centre().map(centre -> centre(centre, dense, right, backend, scope)));
    }

    private static Centre centre(double[] values, Linear dense, Matrix right, Backend backend, Scope scope) {
        float[] negated = new float[values.length];
        for (int j = 0; j < negated.length; j++) {
            negated[j] = (float) -values[j];
        }
        Tensor shift = scope.tensor(1, right.rows());
        Tensor bias = scope.tensor(1, dense.rows());
        try (Scope arguments = backend.scope()) {
            Tensor minus = arguments.upload(negated, 1, negated.length);
            backend.operations().linear(minus, new Linear.Dense(right, Optional.empty()), shift);
            for (int j = 0; j < negated.length; j++) {
                negated[j] = -negated[j];
            }
            backend.operations().linear(arguments.upload(negated, 1, negated.length), dense, bias);
        }
        float[] shiftValues = new float[right.rows()];
        backend.download(shift, 0, 1, shiftValues);
        return new Centre(shiftValues, shift, bias);
    }

    @Override
    public Layer layer() {
        return layer;
    }

    /** K. */
    int components() {
        return right.rows();
    }

    /** From now on y = W x + b. */
    void useDense() {
        truncation = Optional.empty();
    }

    /** From now on only the first k components. */
    void useRank(int k, Scope scope) {
        float[] ones = new float[k];
        Arrays.fill(ones, 1);
        truncation = Optional.of(truncation(ones, true, scope));
    }

    /**
     * From now on the components times a mask; with all ones the dense weight.
     *
     * @param mask K values
     * @param scope owns what the mask needs, as long as it is used
     */
    void useMask(float[] mask, Scope scope) {
        if (allOnes(mask)) {
            useDense();
            return;
        }
        int k = mask.length;
        // One component at least: a product with none does not exist, and one that is zero gives the same.
        while (k > 1 && mask[k - 1] == 0) {
            k--;
        }
        truncation = Optional.of(truncation(Arrays.copyOf(mask, k), false, scope));
    }

    private static boolean allOnes(float[] mask) {
        for (float value : mask) {
            if (value != 1) {
                return false;
            }
        }
        return true;
    }

    private Truncation truncation(float[] mask, boolean plain, Scope scope) {
        int k = mask.length;
        boolean whole = k == components();
        Matrix leftPart = whole ? left : left.leading(left.rows(), k);
        Matrix rightPart = whole ? right : right.leading(k, right.columns());
        Optional<Tensor> bias =
                centre.isPresent() ? Optional.of(shifted(centre.get(), leftPart, mask, scope)) : dense.bias();
        return new Truncation(new Linear.LowRank(leftPart, rightPart, bias), scope.upload(mask, 1, k), plain);
    }

    /** W c + b - U_k diag(mask) V_k c. */
    private Tensor shifted(Centre about, Matrix leftPart, float[] mask, Scope scope) {
        int k = leftPart.columns();
        float[] shift = new float[k];
        for (int i = 0; i < k; i++) {
            shift[i] = mask[i] * about.shift()[i];
        }
        Tensor bias = scope.tensor(1, layer.rows());
        backend.operations()
                .linear(scope.upload(shift, 1, k), new Linear.Dense(leftPart, Optional.of(about.bias())), bias);
        return bias;
    }

    @Override
    public void forward(Tensor x, Tensor y, Coordinates room) {
        if (truncation.isEmpty()) {
            backend.operations().linear(x, dense, y);
            return;
        }
        Truncation through = truncation.get();
        Linear.LowRank factors = through.factors();
        if (room.watched()) {
            Tensor values = room.keep(layer.role(), components());
            backend.operations().linear(x, coordinates(), values);
            Tensor masked = room.masked(through.rank());
            backend.operations().scaleColumns(values, through.mask(), masked);
            Optional<Tensor> bias = centre.map(Centre::bias).or(dense::bias);
            backend.operations().linear(masked, new Linear.Dense(factors.left(), bias), y);
        } else if (through.plain()) {
            backend.operations().linear(x, factors, y);
        } else {
            Tensor masked = room.masked(through.rank());
            backend.operations().linear(x, new Linear.Dense(factors.right(), Optional.empty()), masked);
            backend.operations().scaleColumns(masked, through.mask(), masked);
            backend.operations().linear(masked, new Linear.Dense(factors.left(), factors.bias()), y);
        }
    }

    /** x to V x, or V (x - c). */
    private Linear.Dense coordinates() {
        return new Linear.Dense(right, centre.map(Centre::shiftTensor));
    }

    @Override
    public void backward(Tensor x, Tensor dy, Tensor dx, Coordinates room, GradientObserver observer) {
        observer.linear(layer, x, dy);
        if (room.watched()) {
            watchedBackward(x, dy, dx, room, observer);
        } else if (truncation.isEmpty()) {
            backend.backward().linear(dy, dense, dx);
        } else if (truncation.get().plain()) {
            backend.backward().linear(dy, truncation.get().factors(), dx);
        } else {
            Truncation through = truncation.get();
            Tensor gradients = room.gradients(through.rank());
            backend.backward().linear(dy, new Linear.Dense(through.factors().left(), Optional.empty()), gradients);
            toInput(gradients, through, room, dx);
        }
    }

    /** The products with all K are the observer's; the way on goes through the first k of the same gradients. */
    private void watchedBackward(Tensor x, Tensor dy, Tensor dx, Coordinates room, GradientObserver observer) {
        Tensor values = room.values(layer.role(), components());
        if (!room.take(layer.role())) {
            backend.operations().linear(x, coordinates(), values);
        }
        Tensor gradients = room.gradients(components());
        backend.backward().linear(dy, new Linear.Dense(left, Optional.empty()), gradients);
        observer.components(layer, values, gradients);
        if (truncation.isPresent()) {
            toInput(gradients, truncation.get(), room, dx);
        } else {
            backend.backward().linear(dy, dense, dx);
        }
    }

    /** dx = V_k^T diag(mask) gradients[:, :k]. */
    private void toInput(Tensor gradients, Truncation through, Coordinates room, Tensor dx) {
        Tensor masked = room.masked(through.rank());
        backend.operations().scaleColumns(gradients, through.mask(), masked);
        backend.backward().linear(masked, new Linear.Dense(through.factors().right(), Optional.empty()), dx);
    }
}
