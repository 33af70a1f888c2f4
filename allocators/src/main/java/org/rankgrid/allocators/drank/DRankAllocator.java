package org.rankgrid.allocators.drank;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.spi.rank.Role;

/**
 * D-Rank (arXiv 2509.25622): inside each type of layer ranks follow the square root of the effective rank
 * exp(-sum p ln p) of the spectrum, p its shares of energy; then a share beta of the ranks of q and k moves to v (ALGORITHMS
 * D.8).
 *
 * <p>Where k layers are a group they have one rank, from the sum of their effective ranks. The paper's groups also share a
 * basis, and take the spectrum of their concatenated weights; no factorization here shares bases. It moves ranks from q and k
 * to v; here it is parameters, the same for matrices of one size, so that grouped queries keep their budget.
 */
public final class DRankAllocator implements Allocator {

    @Override
    public String id() {
        return "d-rank";
    }

    @Override
    public String summary() {
        return "Gives ranks by effective rank inside a type of layer and moves some from queries and keys to values (D-Rank).";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                OptionSpec.real("beta", 0, 1, 0.3, "Share of the ranks of queries and keys that moves to values."),
                OptionSpec.whole("group", 1, 1000, 1, "How many consecutive layers of a type have one rank."));
    }

    @Override
    public Set<Need> needs(Options options) {
        return Set.of(Need.SPECTRA);
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        List<Layer> layers = allocation.layers();
        Map<Role, List<Integer>> types = IntStream.range(0, layers.size())
                .boxed()
                .collect(Collectors.groupingBy(
                        i -> layers.get(i).role(), () -> new EnumMap<>(Role.class), Collectors.toList()));
        int group = Math.toIntExact(allocation.options().whole("group"));
        double[] ranks = new double[layers.size()];
        for (List<Integer> members : types.values()) {
            double[] effective = new double[members.size()];
            double[] costs = new double[members.size()];
            double parameters = 0;
            for (int j = 0; j < effective.length; j++) {
                Layer layer = layers.get(members.get(j));
                effective[j] = effectiveRank(allocation.statistics().spectrum(members.get(j)));
                costs[j] = layer.costOfRank();
                parameters += layer.parameters();
            }
            double[] shared = ranks(allocation.budget().keptShare() * parameters, effective, costs, group);
            for (int j = 0; j < shared.length; j++) {
                ranks[members.get(j)] = shared[j];
            }
        }
        moveToValues(layers, ranks, allocation.options().real("beta"));
        return new RankWish(ranks);
    }

    /**
     * The ranks that minimise the sum of R / k within a budget, one for every group.
     *
     * @param budget parameters
     * @param effective R, one a layer
     * @param costs m + n of each
     * @param group how many consecutive layers share a rank; the last group may be smaller
     */
    static double[] ranks(double budget, double[] effective, double[] costs, int group) {
        double[] ranks = new double[effective.length];
        double sum = 0;
        for (int from = 0; from < ranks.length; from += group) {
            int to = (int) Math.min((long) from + group, ranks.length);
            double rank = Arrays.stream(effective, from, to).sum();
            double cost = Arrays.stream(costs, from, to).sum();
            Arrays.fill(ranks, from, to, Math.sqrt(rank / cost));
            sum += Math.sqrt(rank * cost);
        }
        for (int j = 0; j < ranks.length; j++) {
            ranks[j] *= budget / sum;
        }
        return ranks;
    }

    /** exp of the entropy of a spectrum's shares of energy, at least 1; 1 for a spectrum without energy. */
    static double effectiveRank(double[] spectrum) {
        double energy = Arrays.stream(spectrum).sum();
        double entropy = 0;
        for (double value : spectrum) {
            double share = energy > 0 ? value / energy : 0;
            entropy -= share > 0 ? share * Math.log(share) : 0;
        }
        return Math.exp(entropy);
    }

    private static void moveToValues(List<Layer> layers, double[] ranks, double beta) {
        double valueCost = layers.stream()
                .filter(layer -> layer.role() == Role.V)
                .mapToDouble(Layer::costOfRank)
                .sum();
        if (valueCost == 0) {
            return;
        }
        double moved = 0;
        for (int i = 0; i < ranks.length; i++) {
            Role role = layers.get(i).role();
            if (role == Role.Q || role == Role.K) {
                moved += beta * ranks[i] * layers.get(i).costOfRank();
                ranks[i] *= 1 - beta;
            }
        }
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] += layers.get(i).role() == Role.V ? moved / valueCost : 0;
        }
    }
}
