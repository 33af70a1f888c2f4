package org.rankgrid.engine.allocate;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rankgrid.engine.calibrate.CalibrationStore;
import org.rankgrid.engine.decompose.DecompositionStore;
import org.rankgrid.engine.grid.PluginChoice;
import org.rankgrid.numerics.Apportionment;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;

/** Asks an allocator for its wish and repairs it to the budget, the same way for every allocator. */
public final class AllocationStage {

    /** Where the facts of the allocator started from stand. */
    private static final String START = "start";

    private final List<Layer> layers;
    private final CalibrationStore calibration;
    private final DecompositionStore decompositions;
    private final Oracles oracles;

    /** A stage for the layers that may be compressed, for allocators that need no oracle. */
    public AllocationStage(List<Layer> layers, CalibrationStore calibration, DecompositionStore decompositions) {
        this(layers, calibration, decompositions, Oracles.none());
    }

    /** A stage for the layers that may be compressed. */
    public AllocationStage(
            List<Layer> layers, CalibrationStore calibration, DecompositionStore decompositions, Oracles oracles) {
        this.layers = List.copyOf(layers);
        this.calibration = calibration;
        this.decompositions = decompositions;
        this.oracles = oracles;
    }

    /** Allocates, with an allocator that starts from no other. */
    public Allotment allocate(Allocator allocator, Options options, BigDecimal ratio, long seed) {
        return allocate(new PluginChoice<>(allocator, options), ratio, seed);
    }

    /**
     * Allocates. Where the allocator starts from the plan of another, that one runs first, with the same budget and seed.
     *
     * @param ratio the share that is removed; ignored by an allocator whose plan is fixed
     * @throws IllegalStateException if the allocator breaks its contract
     */
    public Allotment allocate(PluginChoice<Allocator> choice, BigDecimal ratio, long seed) {
        Allocator allocator = choice.plugin();
        Budget budget = Budget.of(allocator.fixedPlan() ? BigDecimal.ZERO : ratio, layers);
        long began = System.nanoTime();
        Run run = run(choice, budget, seed);
        double seconds = (System.nanoTime() - began) / 1e9;
        RankPlan plan = allocator.fixedPlan() ? asItIs(run.wish) : Apportionment.repair(budget, layers, run.wish);
        return new Allotment(budget, run.wish, plan, run.facts, seconds);
    }

    /** What an allocator returned, and what is recorded of it and of the one it started from. */
    private record Run(RankWish wish, SequencedMap<String, Object> facts) {}

    private Run run(PluginChoice<Allocator> choice, Budget budget, long seed) {
        Allocator allocator = choice.plugin();
        Set<Need> needs = allocator.needs(choice.options());
        SequencedMap<String, Object> facts = new LinkedHashMap<>();
        Optional<RankPlan> start = Optional.empty();
        if (needs.contains(Need.START)) {
            PluginChoice<Allocator> from = choice.start()
                    .orElseThrow(() -> new IllegalStateException("allocator " + allocator.id()
                            + " asks for a plan to start from, and its options name no allocator"));
            Run before = run(from, budget, seed);
            start = Optional.of(Apportionment.repair(budget, layers, before.wish));
            if (!before.facts.isEmpty()) {
                facts.put(START, before.facts);
            }
        }
        MeasuredStatistics statistics = new MeasuredStatistics(
                allocator.id(),
                needs,
                calibration,
                layer -> decompositions.spectrum(layers.get(layer)),
                oracles,
                start);
        @Nullable
        RankWish wish = allocator.allocate(new Allocation(budget, layers, statistics, choice.options(), seed));
        if (wish == null) {
            throw new IllegalStateException("allocator " + allocator.id() + " returned null");
        }
        if (wish.size() != layers.size()) {
            throw new IllegalStateException("allocator " + allocator.id() + " returned " + wish.size() + " ranks for "
                    + layers.size() + " layers");
        }
        wish.facts().forEach((name, value) -> facts.put(name, RecordedFacts.checked(allocator.id(), name, value)));
        return new Run(wish, facts);
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
