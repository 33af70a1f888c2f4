package org.rankgrid.allocators.zssvd;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;

/**
 * The removal of components one by one, each layer exposing only its last (ALGORITHMS D.7): a change of the loss is predicted
 * for every component, and the order decides which layer's last component goes next, until the parameters credited reach a
 * quota.
 */
final class TailRemoval {

    /** Which component goes next. */
    enum Order {
        /** The smallest change of the sign that brings their sum back to zero, or of the other sign if there is none. */
        ZERO_SUM,
        /** The smallest change whatever its sign. */
        SMALLEST,
        /** The most negative change, then the smallest positive one. */
        NEGATIVE_SUM
    }

    /**
     * How components are removed.
     *
     * @param order which goes next
     * @param lagging whether a layer is credited for the rank it had before a removal, so that m + n more go from each
     *     compressed layer than are counted
     * @param floor the share of k* below which no rank falls, from 0 to 1; rank 1 is always left
     */
    record Rule(Order order, boolean lagging, double floor) {}

    private record Candidate(int layer, double change, double key, long arrival) {}

    private static final Comparator<Candidate> SMALLEST_KEY_FIRST =
            Comparator.comparingDouble(Candidate::key).thenComparingLong(Candidate::arrival);

    private final List<Layer> layers;
    private final double[][] changes;
    private final Rule rule;
    private final int[] ranks;
    private final Queue<Candidate> positive = new PriorityQueue<>(SMALLEST_KEY_FIRST);
    private final Queue<Candidate> negative = new PriorityQueue<>(SMALLEST_KEY_FIRST);
    private long arrivals;
    private double sum;
    private long credited;

    private TailRemoval(List<Layer> layers, double[][] changes, Rule rule) {
        this.layers = layers;
        this.changes = changes;
        this.rule = rule;
        this.ranks = Arrays.stream(changes).mapToInt(layer -> layer.length).toArray();
    }

    /**
     * Removes components.
     *
     * @param layers the layers
     * @param changes what the loss is predicted to change by when a component goes: one row a layer, one value a component,
     *     finite
     * @param quota parameters to be removed
     */
    static TailRemoval run(List<Layer> layers, double[][] changes, long quota, Rule rule) {
        TailRemoval removal = new TailRemoval(layers, changes, rule);
        for (int i = 0; i < layers.size(); i++) {
            removal.expose(i);
        }
        boolean left = true;
        while (left && removal.credited < quota) {
            Optional<Candidate> next = removal.next();
            left = next.isPresent();
            next.ifPresent(removal::remove);
        }
        return removal;
    }

    /** The ranks left; a layer above k* stays dense. */
    RankWish wish() {
        double[] wishes = new double[ranks.length];
        for (int i = 0; i < wishes.length; i++) {
            wishes[i] = ranks[i] > layers.get(i).largestSavingRank() ? RankWish.DENSE : ranks[i];
        }
        return new RankWish(wishes);
    }

    /** The rank left in a layer, also above k*. */
    int rank(int layer) {
        return ranks[layer];
    }

    /** The sum of the changes of all components that went. */
    double sum() {
        return sum;
    }

    /** Parameters credited. */
    long credited() {
        return credited;
    }

    private void expose(int i) {
        Layer layer = layers.get(i);
        int saving = layer.largestSavingRank();
        int least = Math.max(1, (int) Math.ceil(rule.floor() * saving));
        if (saving == 0 || ranks[i] <= least) {
            return;
        }
        double change = changes[i][ranks[i] - 1];
        double key = rule.order() == Order.NEGATIVE_SUM ? change : Math.abs(change);
        (change >= 0 ? positive : negative).add(new Candidate(i, change, key, arrivals++));
    }

    private Optional<Candidate> next() {
        boolean up = negative.isEmpty() || (!positive.isEmpty() && positiveFirst());
        return Optional.ofNullable(up ? positive.poll() : negative.poll());
    }

    private boolean positiveFirst() {
        return switch (rule.order()) {
            case ZERO_SUM -> sum <= 0;
            case NEGATIVE_SUM -> false;
            case SMALLEST -> SMALLEST_KEY_FIRST.compare(positive.element(), negative.element()) <= 0;
        };
    }

    private void remove(Candidate candidate) {
        int i = candidate.layer();
        Layer layer = layers.get(i);
        int saving = layer.largestSavingRank();
        int counted = rule.lagging() ? ranks[i] : ranks[i] - 1;
        if (counted == saving) {
            credited += layer.parameters() - saving * layer.costOfRank();
        } else if (counted < saving) {
            credited += layer.costOfRank();
        }
        ranks[i]--;
        sum += candidate.change();
        expose(i);
    }
}
