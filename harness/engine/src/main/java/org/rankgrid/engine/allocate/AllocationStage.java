package org.rankgrid.engine.allocate;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rankgrid.engine.calibrate.CalibrationStore;
import org.rankgrid.engine.decompose.DecompositionStore;
import org.rankgrid.numerics.Apportionment;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;

/** Asks an allocator for its wish and repairs it to the budget, the same way for every allocator. */
public final class AllocationStage {

    private final List<Layer> layers;
    private final CalibrationStore calibration;
    private final DecompositionStore decompositions;

    /** A stage for the layers that may be compressed. */
    public AllocationStage(List<Layer> layers, CalibrationStore calibration, DecompositionStore decompositions) {
        this.layers = List.copyOf(layers);
        this.calibration = calibration;
        this.decompositions = decompositions;
    }

    /**
     * Allocates.
     *
     * @param ratio the share that is removed; ignored by an allocator whose plan is fixed
     * @throws IllegalStateException if the allocator breaks its contract
     */
    public Allotment allocate(Allocator allocator, Options options, BigDecimal ratio, long seed) {
        Budget budget = Budget.of(allocator.fixedPlan() ? BigDecimal.ZERO : ratio, layers);
        MeasuredStatistics statistics = new MeasuredStatistics(
                allocator.id(),
                allocator.needs(options),
                calibration,
                layer -> decompositions.spectrum(layers.get(layer)));
        long began = System.nanoTime();
        @Nullable RankWish wish = allocator.allocate(new Allocation(budget, layers, statistics, options, seed));
        double seconds = (System.nanoTime() - began) / 1e9;
        if (wish == null) {
            throw new IllegalStateException("allocator " + allocator.id() + " returned null");
        }
        if (wish.size() != layers.size()) {
            throw new IllegalStateException("allocator " + allocator.id() + " returned " + wish.size() + " ranks for "
                    + layers.size() + " layers");
        }
        RankPlan plan = allocator.fixedPlan() ? asItIs(wish) : Apportionment.repair(budget, layers, wish);
        return new Allotment(budget, wish, plan, seconds);
    }

    private RankPlan asItIs(RankWish wish) {
        int[] ranks = new int[wish.size()];
        for (int i = 0; i < ranks.length; i++) {
            double rank = wish.rank(i);
            if (rank != RankWish.DENSE && rank != Math.rint(rank)) {
                throw new IllegalStateException("a fixed plan has whole ranks, but that of "
                        + layers.get(i).key() + " is " + rank);
            }
            ranks[i] = rank == RankWish.DENSE ? RankPlan.DENSE : (int) rank;
        }
        return new RankPlan(layers, ranks);
    }
}
