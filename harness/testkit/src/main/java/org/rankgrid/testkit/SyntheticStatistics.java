package org.rankgrid.testkit;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.rankgrid.numerics.Apportionment;
import org.rankgrid.spi.allocate.BlockSimilarity;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.allocate.Similarity;
import org.rankgrid.spi.allocate.Statistics;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.spi.rank.Sublayer;

/**
 * Statistics made up from formulas, consistent with one {@link SyntheticModel}. They give out only what was declared, and
 * spectra in the same arrays each time.
 */
public final class SyntheticStatistics implements Statistics {

    /** What the statistics look like. */
    public enum Kind {
        /** Spectra that fall by a power of their index, some with one massive value; similarities with outliers. */
        REALISTIC,
        /** Flat spectra and one similarity for all: everything ties. */
        TIED,
        /** Spectra of nothing but zeros, as of layers whose input is zero, and similarities of zero. */
        ZERO
    }

    private final Set<Need> declared;
    private final Kind kind;
    private final Budget budget;
    private final List<double[]> spectra;
    private final SyntheticModel model;
    private final SyntheticGradients gradients;
    private final SyntheticTrials trials;
    private final SyntheticMasks masks;

    /**
     * Statistics of some layers for a budget of four fifths of their parameters.
     *
     * @param declared what may be asked for
     */
    public SyntheticStatistics(Set<Need> declared, List<Layer> layers, Kind kind) {
        this(declared, layers, kind, Budget.of(new BigDecimal("0.2"), layers));
    }

    /**
     * Statistics of some layers.
     *
     * @param declared what may be asked for
     * @param budget what the plan to start from is made for
     */
    public SyntheticStatistics(Set<Need> declared, List<Layer> layers, Kind kind, Budget budget) {
        this.declared = Set.copyOf(declared);
        this.kind = kind;
        this.budget = budget;
        this.spectra = IntStream.range(0, layers.size())
                .mapToObj(i -> spectrum(i, layers.get(i).fullRank(), kind))
                .toList();
        this.model = new SyntheticModel(layers, kind);
        this.gradients = new SyntheticGradients(model, spectra);
        this.trials = new SyntheticTrials(model);
        this.masks = new SyntheticMasks(model);
    }

    /** The model behind gradients, trials and masks. */
    public SyntheticModel model() {
        return model;
    }

    private static double[] spectrum(int layer, int length, Kind kind) {
        double power = 0.5 + 0.3 * (layer % 5);
        double scale = Math.pow(10, layer % 4 + 1);
        double massive = layer % 6 == 1 ? 1000 : 1;
        return switch (kind) {
            case REALISTIC ->
                IntStream.range(0, length)
                        .mapToDouble(j -> scale * Math.pow(j + 1, -power) * (j == 0 ? massive : 1))
                        .toArray();
            case TIED -> IntStream.range(0, length).mapToDouble(j -> 1).toArray();
            case ZERO -> new double[length];
        };
    }

    @Override
    public double[] spectrum(int layer) {
        check(Need.SPECTRA);
        return spectra.get(layer);
    }

    @Override
    public Similarity sublayer(int block, Sublayer sublayer) {
        check(Need.SIMILARITIES);
        return similarity(2 * block + (sublayer == Sublayer.ATTENTION ? 0 : 1));
    }

    @Override
    public BlockSimilarity block(int block) {
        check(Need.SIMILARITIES);
        Similarity last = similarity(2 * block + 1);
        return new BlockSimilarity(last.residual(), last.angle());
    }

    @Override
    public SyntheticGradients gradients() {
        check(Need.GRADIENTS);
        return gradients;
    }

    @Override
    public SyntheticTrials trials() {
        check(Need.TRIALS);
        return trials;
    }

    @Override
    public SyntheticMasks masks() {
        check(Need.MASKS);
        return masks;
    }

    /** The same share of every layer, repaired to the budget. */
    @Override
    public RankPlan start() {
        check(Need.START);
        double[] ranks = model.layers().stream()
                .mapToDouble(layer -> budget.keptShare() * layer.breakEvenRank())
                .toArray();
        return Apportionment.repair(budget, model.layers(), new RankWish(ranks));
    }

    private Similarity similarity(int place) {
        double residual = switch (kind) {
            case REALISTIC -> place == 1 ? 0.1 : 0.9 + 0.08 * Math.sin(place);
            case TIED -> 0.9;
            case ZERO -> 0;
        };
        return new Similarity(residual, residual / 4, Math.acos(residual) / Math.PI);
    }

    private void check(Need need) {
        if (!declared.contains(need)) {
            throw new IllegalStateException("the allocator asks for " + need + " and declared only " + declared);
        }
    }
}
