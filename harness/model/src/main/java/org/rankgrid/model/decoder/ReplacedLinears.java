package org.rankgrid.model.decoder;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.rank.Layer;

/** A decoder some of whose linear layers have other values. */
record ReplacedLinears(DecoderWeights original, Map<String, LinearWeights> linears) implements DecoderWeights {

    ReplacedLinears {
        linears = Map.copyOf(linears);
        Map<String, Layer> layers =
                original.layers().stream().collect(Collectors.toMap(Layer::key, Function.identity()));
        linears.forEach((key, linear) -> {
            Layer layer = layers.get(key);
            if (layer == null) {
                throw new IllegalArgumentException("there is no layer " + key);
            }
            if (linear.rows() != layer.rows() || linear.columns() != layer.columns()) {
                throw new IllegalArgumentException("layer " + key + " is " + layer.rows() + " x " + layer.columns()
                        + ", not " + linear.rows() + " x " + linear.columns());
            }
        });
    }

    @Override
    public DecoderSpec spec() {
        return original.spec();
    }

    @Override
    public List<Layer> layers() {
        return original.layers();
    }

    @Override
    public LinearWeights linear(String key) {
        LinearWeights replaced = linears.get(key);
        return replaced == null ? original.linear(key) : replaced;
    }

    @Override
    public RowSource embedding() {
        return original.embedding();
    }

    @Override
    public RowSource head() {
        return original.head();
    }

    @Override
    public RowSource positions() {
        return original.positions();
    }

    @Override
    public NormWeights norm(int block, BlockNorm norm) {
        return original.norm(block, norm);
    }

    @Override
    public NormWeights finalNorm() {
        return original.finalNorm();
    }
}
