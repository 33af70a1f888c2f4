package org.rankgrid.allocators.bayesian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.rankgrid.numerics.BlockOrder;
import org.rankgrid.numerics.PythonRandom;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/**
 * The box of kept shares, one variable a type of layer and group of consecutive blocks, and the band of it that is
 * feasible: what a point keeps of all parameters lies below the target by no more than the slack. A share of 1 or more is
 * dense.
 *
 * <p>The published search draws in the box and rejects what lies outside the band. Here all variables of such a point are
 * shifted by one amount, and clipped, until it lies inside: with twenty variables hardly any draw would be accepted, and
 * clipping gives a layer a fair chance to be exactly dense.
 */
final class SearchSpace {

    /** The largest value of a variable: a little more than dense. */
    static final double HIGHEST = 1.001;

    /** From this size on, ranks are rounded. */
    private static final int WIDE = 512;

    private static final int BISECTIONS = 50;

    /** How often a neighbour's variable is drawn anew instead of moved. */
    private static final double JUMPS = 0.25;

    private record Variable(int group, LayerType type) {}

    private final List<Layer> layers;
    private final List<Variable> variables;
    private final int[] variableOf;
    private final double[] shares;
    private final double fixed;
    private final Budget budget;
    private final double lowest;
    private final double least;
    private final double most;
    private final int groups;

    private SearchSpace(Budget budget, List<Layer> layers, int groups, boolean denseV, double lowest, double slack) {
        this.budget = budget;
        this.layers = layers;
        BlockOrder blocks = BlockOrder.of(layers);
        this.groups = Math.min(groups, blocks.count());
        this.variableOf = new int[layers.size()];
        this.variables = new ArrayList<>();
        List<Double> parameters = new ArrayList<>();
        double dense = 0;
        for (int i = 0; i < variableOf.length; i++) {
            Layer layer = layers.get(i);
            LayerType type = LayerType.of(layer.role());
            if (denseV && type == LayerType.V) {
                variableOf[i] = -1;
                dense += layer.parameters();
                continue;
            }
            Variable variable = new Variable(blocks.position(layer) * this.groups / blocks.count(), type);
            int index = variables.indexOf(variable);
            if (index < 0) {
                index = variables.size();
                variables.add(variable);
                parameters.add(0.0);
            }
            variableOf[i] = index;
            parameters.set(index, parameters.get(index) + layer.parameters());
        }
        this.fixed = dense / budget.dense();
        this.shares =
                parameters.stream().mapToDouble(count -> count / budget.dense()).toArray();
        this.lowest = lowest;
        this.most = budget.keptShare();
        this.least = Math.max(most - slack, fixed + (1 - fixed) * lowest);
    }

    /**
     * The space for a budget. Where it cannot pay for a dense v, v becomes a variable too; where it cannot pay for the
     * lowest share in all layers, that becomes half the target.
     *
     * @param groups of consecutive blocks, at most as many as there are blocks
     * @param slack width of the feasible band, as a share of all parameters
     */
    static SearchSpace of(Budget budget, List<Layer> layers, int groups, boolean denseV, double lowest, double slack) {
        if (denseV) {
            SearchSpace space = new SearchSpace(budget, layers, groups, true, lowest, slack);
            if (space.size() > 0 && space.least <= space.most) {
                return space;
            }
        }
        double affordable = Math.min(lowest, budget.keptShare() / 2);
        return new SearchSpace(budget, layers, groups, false, affordable, slack);
    }

    /** Number of variables. */
    int size() {
        return shares.length;
    }

    boolean denseV() {
        return Arrays.stream(variableOf).anyMatch(variable -> variable < 0);
    }

    double lowest() {
        return lowest;
    }

    /** What a point keeps of all parameters, nominally. */
    double kept(double[] point) {
        return kept(point, 0);
    }

    /** The same of a point shifted and clipped. */
    private double kept(double[] point, double amount) {
        double sum = fixed;
        for (int d = 0; d < shares.length; d++) {
            sum += shares[d] * Math.min(clipped(point[d] + amount), 1);
        }
        return sum;
    }

    boolean feasible(double[] point) {
        double kept = kept(point);
        return kept >= least && kept <= most;
    }

    /** The published configuration, shifted to the target. */
    double[] start() {
        double ratio = budget.ratio().doubleValue();
        double[] point =
                variables.stream().mapToDouble(v -> v.type().start(ratio)).toArray();
        return shifted(point, most);
    }

    /** A random feasible point. */
    double[] random(PythonRandom random) {
        double[] point = new double[shares.length];
        Arrays.setAll(point, _ -> drawn(random));
        return feasible(point) ? point : shifted(point, least + (most - least) * random.random());
    }

    private double drawn(PythonRandom random) {
        return lowest + (HIGHEST - lowest) * random.random();
    }

    /**
     * A neighbour: one variable moved by a normally distributed step, now and then anywhere. In about half of all cases a single
     * other one pays what that costs, or takes what it saves: where all gave way, a dense layer would never stay dense. What
     * is still outside the band is shifted.
     */
    double[] neighbour(double[] point, int variable, double step, PythonRandom random) {
        double[] moved = point.clone();
        moved[variable] = random.random() < JUMPS
                ? drawn(random)
                : clipped(point[variable] + step * (HIGHEST - lowest) * random.gauss());
        int payer = (int) (random.random() * 2 * moved.length);
        if (payer < moved.length && payer != variable) {
            double share = Math.min(point[payer], 1) + (kept(point) - kept(moved)) / shares[payer];
            moved[payer] = share >= 1 ? HIGHEST : clipped(share);
        }
        double kept = kept(moved);
        return feasible(moved) ? moved : shifted(moved, Math.clamp(kept, least, most));
    }

    /** A point shifted and clipped so that it keeps a share of all parameters, or just less. */
    double[] shifted(double[] point, double kept) {
        double low = lowest - HIGHEST;
        double high = HIGHEST - lowest;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (kept(point, middle) <= kept) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double[] shifted = new double[point.length];
        double amount = low;
        Arrays.setAll(shifted, d -> clipped(point[d] + amount));
        return shifted;
    }

    private double clipped(double value) {
        return Math.clamp(value, lowest, HIGHEST);
    }

    /** A point's place in the unit box. */
    double[] scaled(double[] point) {
        return Arrays.stream(point)
                .map(value -> (value - lowest) / (HIGHEST - lowest))
                .toArray();
    }

    /** Where the search for length scales begins, one a variable. */
    double[] lengthScales() {
        return variables.stream().mapToDouble(v -> v.type().lengthScale()).toArray();
    }

    /**
     * The plan of a point as it is: the share times the break-even rank, rounded up, then down to a multiple of the step
     * in layers that are at least 512 wide both ways; dense past the largest rank that saves parameters.
     */
    RankPlan plan(double[] point, int step) {
        int[] ranks = new int[layers.size()];
        for (int i = 0; i < ranks.length; i++) {
            Layer layer = layers.get(i);
            double share = variableOf[i] < 0 ? 1 : point[variableOf[i]];
            int unit = layer.fullRank() >= WIDE ? step : 1;
            int rank = (int) Math.ceil(share * layer.breakEvenRank()) / unit * unit;
            ranks[i] = share >= 1 || rank > layer.largestSavingRank() ? RankPlan.DENSE : Math.max(1, rank);
        }
        return new RankPlan(layers, ranks);
    }

    /** The values of a point by name: the type, and the group where there are several. */
    SequencedMap<String, Object> named(double[] point) {
        SequencedMap<String, Object> named = new LinkedHashMap<>();
        for (int d = 0; d < point.length; d++) {
            Variable variable = variables.get(d);
            String suffix = groups > 1 ? "." + variable.group() : "";
            named.put(variable.type().text() + suffix, point[d]);
        }
        return named;
    }
}
