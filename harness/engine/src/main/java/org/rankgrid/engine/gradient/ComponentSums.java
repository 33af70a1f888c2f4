package org.rankgrid.engine.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rankgrid.model.decoder.GradientObserver;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.ProductSumValues;
import org.rankgrid.spi.compute.ProductSums;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;

/** Accumulates, for every component of some layers, products of its value and the gradient in its direction. */
public final class ComponentSums implements AutoCloseable {

    private final Backend backend;
    private final Scope scope;
    private final List<Layer> layers;
    private final Map<String, ProductSums> sums = new HashMap<>();

    /** Sums for some layers, all zero. */
    public ComponentSums(Backend backend, List<Layer> layers) {
        this.backend = backend;
        this.layers = List.copyOf(layers);
        this.scope = backend.scope();
        layers.forEach(layer -> sums.put(layer.key(), scope.productSums(layer.fullRank())));
    }

    /** An observer of one pass that adds to the sums. */
    public GradientObserver observer(PackedSequences packing) {
        return new GradientObserver() {
            @Override
            public void components(Layer layer, Tensor values, Tensor gradients) {
                ProductSums into = sums.get(layer.key());
                if (into != null) {
                    backend.backward().accumulate(values, gradients, packing, into);
                }
            }
        };
    }

    /** The sums so far, one entry a layer. */
    public List<ProductSumValues> values() {
        List<ProductSumValues> values = new ArrayList<>();
        for (Layer layer : layers) {
            ProductSums of = sums.get(layer.key());
            if (of != null) {
                values.add(backend.backward().values(of));
            }
        }
        return values;
    }

    @Override
    public void close() {
        scope.close();
    }
}
