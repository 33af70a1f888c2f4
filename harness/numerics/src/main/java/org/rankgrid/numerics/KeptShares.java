package org.rankgrid.numerics;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;

/** From shares of parameters to ranks: a layer that keeps the share s of its parameters has rank s m n / (m + n). */
public final class KeptShares {

    private KeptShares() {}

    /**
     * The wish of real-valued ranks at which every layer keeps its share.
     *
     * @param layers the layers, in the engine's order
     * @param share what a layer keeps; at 1 and above it stays dense, below 0 counts as 0
     * @throws IllegalArgumentException if a share is not a number
     */
    public static RankWish wish(List<Layer> layers, ToDoubleFunction<Layer> share) {
        return wish(layers, layers.stream().mapToDouble(share).toArray());
    }

    /**
     * The same for shares that are already there.
     *
     * @param shares one a layer, in the same order
     * @throws IllegalArgumentException if there is not one share a layer, or a share is not a number
     */
    public static RankWish wish(List<Layer> layers, double[] shares) {
        if (shares.length != layers.size()) {
            throw new IllegalArgumentException(shares.length + " shares for " + layers.size() + " layers");
        }
        double[] ranks = new double[shares.length];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = shares[i] >= 1
                    ? RankWish.DENSE
                    : Math.max(shares[i], 0) * layers.get(i).breakEvenRank();
        }
        return new RankWish(ranks);
    }
}
