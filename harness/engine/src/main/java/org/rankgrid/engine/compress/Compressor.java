package org.rankgrid.engine.compress;

import java.util.HashMap;
import java.util.Map;
import org.rankgrid.engine.decompose.DecompositionStore;
import org.rankgrid.model.decoder.DecoderWeights;
import org.rankgrid.model.decoder.LinearWeights;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/** Turns a plan into a model: the factors of a layer are prefixes of its decomposition, read from disk when packed. */
public final class Compressor {

    private Compressor() {}

    /**
     * The model under a plan. Layers whose decomposition has a centre get the bias that makes them exact there.
     *
     * @param store outlives the result
     */
    public static DecoderWeights compress(DecoderWeights dense, RankPlan plan, DecompositionStore store) {
        Map<String, LinearWeights> factored = new HashMap<>();
        for (int i = 0; i < plan.layers().size(); i++) {
            if (!plan.isDense(i)) {
                Layer layer = plan.layers().get(i);
                factored.put(layer.key(), factored(dense.linear(layer.key()), layer, plan.rank(i), store));
            }
        }
        return dense.withLinears(factored);
    }

    /** Parameters of the biases that layers have under a plan and did not have before; a budget does not count them. */
    public static long addedBiases(DecoderWeights dense, RankPlan plan, DecompositionStore store) {
        long sum = 0;
        for (int i = 0; i < plan.layers().size(); i++) {
            Layer layer = plan.layers().get(i);
            if (!plan.isDense(i)
                    && store.centre(layer).isPresent()
                    && dense.linear(layer.key()).bias().isEmpty()) {
                sum += layer.rows();
            }
        }
        return sum;
    }

    private static LinearWeights factored(LinearWeights dense, Layer layer, int rank, DecompositionStore store) {
        RowSource left = store.left(layer, rank);
        RowSource right = store.right(layer, rank);
        return new LinearWeights.LowRank(
                left,
                right,
                store.centre(layer)
                        .map(centre -> CentredBias.of(dense, left, right, centre))
                        .or(dense::bias));
    }
}
