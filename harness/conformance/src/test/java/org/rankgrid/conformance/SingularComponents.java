package org.rankgrid.conformance;

import java.util.Optional;
import java.util.function.Function;
import org.rankgrid.backends.scalar.algebra.JavaLinearAlgebra;
import org.rankgrid.model.decoder.Components;
import org.rankgrid.model.decoder.DecoderWeights;
import org.rankgrid.model.decoder.LinearWeights;
import org.rankgrid.spi.compute.LinearAlgebra.ThinSvd;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.rank.Layer;

/** W = (U diag(S)) V^T of every layer. */
record SingularComponents(DecoderWeights weights) implements Function<Layer, Components> {

    @Override
    public Components apply(Layer layer) {
        int m = layer.rows();
        int n = layer.columns();
        int k = layer.fullRank();
        float[] weight = weight(layer);
        double[] widened = new double[weight.length];
        for (int i = 0; i < weight.length; i++) {
            widened[i] = weight[i];
        }
        ThinSvd svd = new JavaLinearAlgebra().thinSvd(widened, m, n);
        float[] left = new float[m * k];
        for (int i = 0; i < left.length; i++) {
            left[i] = (float) (svd.left()[i] * svd.values()[i % k]);
        }
        float[] right = new float[k * n];
        for (int i = 0; i < right.length; i++) {
            right[i] = (float) svd.right()[i];
        }
        return new Components(RowSource.of(left, m, k), RowSource.of(right, k, n), Optional.empty());
    }

    /** The dense weight, m by n. */
    float[] weight(Layer layer) {
        return ((LinearWeights.Dense) weights.linear(layer.key())).weight().readAll();
    }
}
