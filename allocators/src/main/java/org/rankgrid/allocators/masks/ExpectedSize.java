package org.rankgrid.allocators.masks;

import java.util.List;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;

/**
 * The size of some layers at real-valued ranks, a layer costing at most its dense weight: P min(R, 1) with the layer's ratio
 * R = k (m + n) / (m n).
 */
public final class ExpectedSize {

    private static final int HALVINGS = 100;

    private final List<Layer> layers;
    private final double dense;

    /** The size of these layers. */
    public ExpectedSize(List<Layer> layers) {
        this.layers = List.copyOf(layers);
        this.dense = layers.stream().mapToLong(Layer::parameters).sum();
    }

    /** The layers. */
    public List<Layer> layers() {
        return layers;
    }

    /** R of layer i at a rank: 1 at the real break-even rank. */
    public double ratio(int i, double rank) {
        return rank / layers.get(i).breakEvenRank();
    }

    /** The share of all parameters that is kept at these ranks, from 0 to 1. */
    public double share(double[] ranks) {
        return parameters(ranks, 1) / dense;
    }

    /** Derivative of {@link #share} with respect to the rank of layer i: 0 where it is dense. */
    public double slope(int i, double rank) {
        return ratio(i, rank) < 1 ? layers.get(i).costOfRank() / dense : 0;
    }

    /** Number of layers whose ratio reaches 1. */
    public int denseLayers(double[] ranks) {
        int count = 0;
        for (int i = 0; i < ranks.length; i++) {
            count += ratio(i, ranks[i]) >= 1 ? 1 : 0;
        }
        return count;
    }

    /**
     * The ranks multiplied by the one scalar at which they cost what may be kept; those that reach break-even there are
     * {@link RankWish#DENSE}.
     *
     * @param ranks one a layer, above 0
     */
    public double[] scaledTo(Budget budget, double[] ranks) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < ranks.length; i++) {
            high = Math.max(high, 1 / ratio(i, ranks[i]));
        }
        if (parameters(ranks, high) > budget.parameters()) {
            for (int halving = 0; halving < HALVINGS; halving++) {
                double middle = (low + high) / 2;
                if (parameters(ranks, middle) <= budget.parameters()) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
        } else {
            low = high;
        }
        double[] scaled = new double[ranks.length];
        for (int i = 0; i < ranks.length; i++) {
            double rank = low * ranks[i];
            // The largest scalar makes every layer dense, but for rounding.
            scaled[i] = ratio(i, rank) >= 1 - 1e-12 ? RankWish.DENSE : rank;
        }
        return scaled;
    }

    private double parameters(double[] ranks, double scale) {
        double sum = 0;
        for (int i = 0; i < ranks.length; i++) {
            sum += layers.get(i).parameters() * Math.min(1, ratio(i, scale * ranks[i]));
        }
        return sum;
    }
}
