package org.rankgrid.allocators.localsearch;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.Role;

/**
 * A cheap stand-in for trials: the loss is a sum over layers of
 *
 * <pre>
 *   (1 + s_i) damage_i(k) + j_i damage_i(k*)  if the layer is compressed, 0 if it is dense
 * </pre>
 *
 * where the s_i are unknown and vary with the layer's role, its depth and the layer itself, and the j_i, what being dense is
 * worth beyond that, with the layer alone. All are normal beforehand; trials correct them, and one trial tells something about
 * every layer that has the role or the depth of those it moved.
 */
final class Surrogate {

    private static final int SAMPLES = 8;
    private static final int DEPTHS = 4;

    /** Standard deviations beforehand; together the first three make s about 0.7. */
    private static final double ROLE = 0.4;

    private static final double DEPTH = 0.4;
    private static final double LAYER = 0.4;
    private static final double JUMP = 0.3;

    /** A layer never counts for less than this share of what it was believed to. */
    private static final double LEAST = 0.1;

    /** Error of the surrogate as a share of all damage that a move shifts. */
    private static final double MISFIT = 0.15;

    private final DamageCurves damages;
    private final List<Layer> layers;
    private final Beliefs beliefs;

    /** For layer i at i and for its jump at i + L: the factor indexes and the weights on them. */
    private final List<Map<Integer, Double>> loadings;

    private final int factors;

    private int samplesTaken;

    /** A surrogate that starts from damages. */
    Surrogate(List<Layer> layers, DamageCurves damages, Random random) {
        this.layers = layers;
        this.damages = damages;
        Map<Role, Integer> roles = new EnumMap<>(Role.class);
        layers.forEach(layer -> roles.computeIfAbsent(layer.role(), role -> roles.size()));
        int blocks = layers.stream().mapToInt(Layer::block).max().orElse(0) + 1;
        int own = roles.size() + DEPTHS;
        this.factors = own + 2 * layers.size();
        this.loadings = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            double depth = (DEPTHS - 1.0) * layers.get(i).block() / Math.max(1, blocks - 1);
            int knot = Math.min((int) depth, DEPTHS - 2);
            Integer role = roles.getOrDefault(layers.get(i).role(), 0);
            loadings.add(Map.of(
                    role,
                    ROLE,
                    roles.size() + knot,
                    DEPTH * (knot + 1 - depth),
                    roles.size() + knot + 1,
                    DEPTH * (depth - knot),
                    own + i,
                    LAYER));
        }
        for (int i = 0; i < layers.size(); i++) {
            loadings.add(Map.of(own + layers.size() + i, JUMP));
        }
        this.beliefs = new Beliefs(factors, SAMPLES, random);
    }

    /** Learns from a trial: the change of the loss between two plans, and the variance of its error. */
    void learn(RankPlan from, RankPlan to, double change, double variance) {
        double[] weights = new double[factors];
        double known = 0;
        double shifted = 0;
        for (int i = 0; i < layers.size(); i++) {
            double moved = damages.of(i, to) - damages.of(i, from);
            known += moved;
            shifted += Math.abs(moved);
            add(weights, i, moved);
            if (from.isDense(i) != to.isDense(i)) {
                add(weights, layers.size() + i, to.isDense(i) ? -jump(i) : jump(i));
            }
        }
        double misfit = MISFIT * shifted;
        if (shifted > 0) {
            beliefs.observe(weights, change - known, variance + misfit * misfit);
        }
    }

    /** Error curves of all layers as they are believed to be on average, in the form of {@link DamageCurves}. */
    List<double[]> mean() {
        return errors(beliefs.mean());
    }

    /** Error curves of all layers as they may be: the next of some samples of the belief. */
    List<double[]> sample() {
        return errors(beliefs.sample(samplesTaken++ % SAMPLES));
    }

    private List<double[]> errors(double[] values) {
        List<double[]> errors = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            double scale = Math.max(LEAST, 1 + value(values, i));
            double offset = value(values, layers.size() + i) * jump(i);
            double[] error = damages.damages().get(i).clone();
            for (int k = 0; k + 1 < error.length; k++) {
                error[k] = scale * error[k] + offset;
            }
            errors.add(error);
        }
        return errors;
    }

    private double jump(int i) {
        int largest = layers.get(i).largestSavingRank();
        return largest == 0 ? 0 : damages.damages().get(i)[largest - 1];
    }

    private void add(double[] weights, int row, double amount) {
        loadings.get(row).forEach((factor, loading) -> weights[factor] += loading * amount);
    }

    private double value(double[] factorValues, int row) {
        double sum = 0;
        for (Map.Entry<Integer, Double> loading : loadings.get(row).entrySet()) {
            sum += loading.getValue() * factorValues[loading.getKey()];
        }
        return sum;
    }
}
