package org.rankgrid.conformance;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.rankgrid.model.decoder.GradientObserver;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.ProductSums;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;

/** Gathers the gradients of weights, of masks, and of the stream before the first block. */
final class GatheredGradients implements GradientObserver {

    private final Backend backend;
    private final Scope scope;
    private final PackedSequences batch;
    private final Map<String, float[]> weights = new HashMap<>();
    private final Map<String, double[]> masks = new HashMap<>();
    private float[] embedding = {};

    GatheredGradients(Backend backend, Scope scope, PackedSequences batch) {
        this.backend = backend;
        this.scope = scope;
        this.batch = batch;
    }

    @Override
    public void linear(Layer layer, Tensor input, Tensor gradient) {
        Tensor sum = scope.upload(new float[layer.rows() * layer.columns()], layer.rows(), layer.columns());
        backend.backward().accumulateWeight(gradient, input, sum);
        weights.put(layer.key(), download(sum));
    }

    @Override
    public void components(Layer layer, Tensor values, Tensor gradients) {
        ProductSums sums = scope.productSums(values.columns());
        backend.backward().accumulate(values, gradients, batch, sums);
        masks.put(layer.key(), backend.backward().values(sums).products());
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

    /** Of a layer's weight, m by n. */
    float[] weight(String key) {
        return Objects.requireNonNull(weights.get(key), key);
    }

    /** Of a layer's mask, K values. */
    double[] mask(String key) {
        return Objects.requireNonNull(masks.get(key), key);
    }

    /** Of the stream before the first block, t by hidden. */
    float[] embedding() {
        return embedding.clone();
    }
}
