package org.rankgrid.allocators.mrcs;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.rankgrid.numerics.EnergyCurve;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;

/**
 * MRCS as the LEMS code has it (ALGORITHMS D.9): in steps that shrink exponentially, parameters are taken from the layer
 * that has lost the least energy after the bite. A layer that is never bitten stays dense.
 */
public final class MrcsAllocator implements Allocator {

    @Override
    public String id() {
        return "mrcs";
    }

    @Override
    public String summary() {
        return "Takes shrinking bites of parameters, each from the layer that then has lost the least energy (MRCS).";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                OptionSpec.whole("steps", 1, 1_000_000, 500, "Number of bites."),
                OptionSpec.real("decay", 0.1, 1e6, 80, "Steps in which the bites shrink by the factor e."),
                OptionSpec.real(
                        "floor",
                        0,
                        1,
                        0.3,
                        "The share that every layer keeps at least; the target if that is smaller."));
    }

    @Override
    public Set<Need> needs(Options options) {
        return Set.of(Need.SPECTRA);
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        Options options = allocation.options();
        List<Layer> layers = allocation.layers();
        List<EnergyCurve> curves = IntStream.range(0, layers.size())
                .mapToObj(i -> EnergyCurve.of(allocation.statistics().spectrum(i), 0))
                .toList();
        double kept = allocation.budget().keptShare();
        double floor = Math.min(options.real("floor"), kept);
        double removable = (1 - kept) * allocation.budget().dense();
        double decay = options.real("decay");
        double[] ranks = layers.stream().mapToDouble(Layer::breakEvenRank).toArray();
        double before = 1;
        for (int step = 1; step <= options.whole("steps"); step++) {
            double after = Math.exp(-step / decay);
            double bite = removable * (before - after);
            before = after;
            int victim = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < ranks.length; i++) {
                Layer layer = layers.get(i);
                double rank = ranks[i] - bite / layer.costOfRank();
                double loss =
                        rank < floor * layer.breakEvenRank() ? Double.POSITIVE_INFINITY : loss(curves.get(i), rank);
                if (loss < least) {
                    least = loss;
                    victim = i;
                }
            }
            if (victim >= 0) {
                ranks[victim] -= bite / layers.get(victim).costOfRank();
            }
        }
        return new RankWish(ranks);
    }

    /** The share of energy lost at a real-valued rank, linear between whole ones. */
    private static double loss(EnergyCurve curve, double rank) {
        int whole = (int) rank;
        double below = whole < 1 ? 0 : curve.retained(whole);
        double above = whole + 1 > curve.fullRank() ? 1 : curve.retained(whole + 1);
        return 1 - below - (rank - whole) * (above - below);
    }
}
