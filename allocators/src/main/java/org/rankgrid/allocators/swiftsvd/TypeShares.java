package org.rankgrid.allocators.swiftsvd;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.spi.rank.Role;

/** The ranks of all types of layers: those of one role and shape. */
final class TypeShares {

    private record Type(Role role, int rows, int columns) {}

    private final Allocation allocation;
    private final double delta;
    private final Collection<List<Integer>> types;
    private final Map<Integer, Double> influences;

    TypeShares(Allocation allocation, double delta) {
        this.allocation = allocation;
        this.delta = delta;
        Map<Type, List<Integer>> byType = new LinkedHashMap<>();
        for (int i = 0; i < allocation.layers().size(); i++) {
            Layer layer = allocation.layers().get(i);
            byType.computeIfAbsent(new Type(layer.role(), layer.rows(), layer.columns()), type -> new ArrayList<>())
                    .add(i);
        }
        this.types = byType.values();
        this.influences = influences(allocation);
    }

    /** 1 minus the cosine of every block, stretched so that they lie between 1 and 2; all 1 where they are equal. */
    private static Map<Integer, Double> influences(Allocation allocation) {
        Map<Integer, Double> influences = new HashMap<>();
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (Layer layer : allocation.layers()) {
            double influence = 1 - allocation.statistics().block(layer.block()).cosine();
            if (!Double.isFinite(influence)) {
                throw new IllegalArgumentException("the influence of block " + layer.block() + " is " + influence);
            }
            influences.put(layer.block(), influence);
            least = Math.min(least, influence);
            most = Math.max(most, influence);
        }
        double low = least;
        double range = most - least;
        influences.replaceAll((block, influence) -> range > 0 ? 1 + (influence - low) / range : 1);
        return influences;
    }

    RankWish wish(double alpha) {
        double[] ranks = new double[allocation.layers().size()];
        for (List<Integer> type : types) {
            double uniform = allocation.layers().get(type.getFirst()).breakEvenRank()
                    * allocation.budget().keptShare();
            double[] influence = new double[type.size()];
            double[] loss = new double[type.size()];
            for (int j = 0; j < loss.length; j++) {
                int i = type.get(j);
                influence[j] =
                        influences.getOrDefault(allocation.layers().get(i).block(), 1.0);
                loss[j] = loss(allocation.statistics().spectrum(i), (int) uniform);
            }
            double[] shared = ranks(influence, loss, uniform, delta, alpha);
            for (int j = 0; j < shared.length; j++) {
                ranks[type.get(j)] = shared[j];
            }
        }
        return new RankWish(ranks);
    }

    /** The root of the sum of the spectrum after a rank. */
    private static double loss(double[] spectrum, int rank) {
        double tail = 0;
        for (int j = rank; j < spectrum.length; j++) {
            tail += spectrum[j];
        }
        return Math.sqrt(tail);
    }

    /**
     * The ranks of the layers of one type.
     *
     * @param influence one a layer, in [1, 2]
     * @param loss one a layer, at the uniform rank
     * @param uniform the real-valued uniform rank
     * @param delta the share of it that every layer has
     */
    static double[] ranks(double[] influence, double[] loss, double uniform, double delta, double alpha) {
        double[] scores = new double[influence.length];
        double sum = 0;
        for (int j = 0; j < scores.length; j++) {
            scores[j] = Math.pow(influence[j], alpha) * Math.pow(Math.log(Math.E + loss[j]), 1 - alpha);
            sum += scores[j];
        }
        double free = uniform * scores.length * (1 - delta);
        double[] ranks = new double[scores.length];
        for (int j = 0; j < scores.length; j++) {
            ranks[j] = uniform * delta + Math.rint(free * scores[j] / sum);
        }
        return ranks;
    }
}
