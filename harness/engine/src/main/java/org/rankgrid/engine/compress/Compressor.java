package org.rankgrid.engine.compress;

import java.util.HashMap;
import java.util.Map;
import org.rankgrid.engine.decompose.DecompositionStore;
import org.rankgrid.model.decoder.DecoderWeights;
import org.rankgrid.model.decoder.LinearWeights;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/** Turns a plan into a model: the factors of a layer are prefixes of its decomposition, read from disk when packed. */
public final class Compressor {

    private Compressor() {}

    /**
     * The model under a plan.
     *
     * @param store outlives the result
     */
    public static DecoderWeights compress(DecoderWeights dense, RankPlan plan, DecompositionStore store) {
        Map<String, LinearWeights> factored = new HashMap<>();
        for (int i = 0; i < plan.layers().size(); i++) {
            if (!plan.isDense(i)) {
                Layer layer = plan.layers().get(i);
                int rank = plan.rank(i);
                factored.put(
                        layer.key(),
                        new LinearWeights.LowRank(
                                store.left(layer, rank),
                                store.right(layer, rank),
                                dense.linear(layer.key()).bias()));
            }
        }
        return dense.withLinears(factored);
    }
}
