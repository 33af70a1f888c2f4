package org.rankgrid.model.decoder;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.ProductSums;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;

/** Gathers the gradients of everything: weights, masks, and the stream before the first block. */
final class GatheredGradients implements GradientObserver {

    private final Backend backend;
    private final Scope scope;
    private final PackedSequences batch;
    private final Map<Layer, float[]> weights = new HashMap<>();
    private final Map<Layer, double[]> masks = new HashMap<>();
    private float[] embedding = {};

    GatheredGradients(Backend backend, Scope scope, PackedSequences batch) {
        this.backend = backend;
        this.scope = scope;
        this.batch = batch;
    }

    @Override
    public void linear(Layer layer, Tensor input, Tensor gradient) {
        int size = layer.rows() * layer.columns();
        Tensor sum = scope.upload(new float[size], layer.rows(), layer.columns());
        backend.backward().accumulateWeight(gradient, input, sum);
        weights.put(layer, download(sum));
    }

    @Override
    public void components(Layer layer, Tensor values, Tensor gradients) {
        ProductSums sums = scope.productSums(values.columns());
        backend.backward().accumulate(values, gradients, batch, sums);
        masks.put(layer, backend.backward().values(sums).products());
    }

    @Override
    public void embedding(Tensor gradient) {
        embedding = download(gradient);
    }

    private float[] download(Tensor tensor) {
        float[] values = new float[tensor.rows() * tensor.columns()];
        backend.download(tensor, 0, tensor.rows(), values);
        return values;
    }

    float[] weight(Layer layer) {
        return Objects.requireNonNull(weights.get(layer), layer.key());
    }

    double[] mask(Layer layer) {
        return Objects.requireNonNull(masks.get(layer), layer.key());
    }

    boolean hasMasks() {
        return !masks.isEmpty();
    }

    float[] embedding() {
        return embedding.clone();
    }
}
