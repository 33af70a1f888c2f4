package org.rankgrid.model.decoder;

import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.rankgrid.backends.scalar.algebra.JavaLinearAlgebra;
import org.rankgrid.spi.compute.LinearAlgebra.ThinSvd;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.rank.Layer;

/** Singular value decompositions of a decoder's layers. */
record ExactComponents(DecoderWeights weights, boolean centred) implements Function<Layer, Components> {

    @Override
    public Components apply(Layer layer) {
        int m = layer.rows();
        int n = layer.columns();
        ThinSvd svd = new JavaLinearAlgebra().thinSvd(widen(weight(weights, layer)), m, n);
        int k = layer.fullRank();
        float[] left = new float[m * k];
        for (int i = 0; i < left.length; i++) {
            left[i] = (float) (svd.left()[i] * svd.values()[i % k]);
        }
        float[] right = new float[k * n];
        for (int i = 0; i < right.length; i++) {
            right[i] = (float) svd.right()[i];
        }
        return new Components(
                RowSource.of(left, m, k),
                RowSource.of(right, k, n),
                centred
                        ? Optional.of(new Random(layer.key().hashCode())
                                .doubles(n, -1, 1)
                                .toArray())
                        : Optional.empty());
    }

    static float[] weight(DecoderWeights weights, Layer layer) {
        return ((LinearWeights.Dense) weights.linear(layer.key())).weight().readAll();
    }

    private static double[] widen(float[] values) {
        double[] widened = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            widened[i] = values[i];
        }
        return widened;
    }
}
