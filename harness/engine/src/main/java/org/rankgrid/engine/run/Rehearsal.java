package org.rankgrid.engine.run;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.rankgrid.engine.grid.Cell;
import org.rankgrid.engine.grid.Compression;
import org.rankgrid.engine.grid.PluginChoice;
import org.rankgrid.engine.grid.TextSample;
import org.rankgrid.numerics.Apportionment;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/**
 * Learns what allocators will have measured by running them on made-up numbers: an allocator only calculates, so it can be
 * watched without a model. How much a search asks for depends on what it is told, so its price is an estimate.
 */
final class Rehearsal {

    /** An allocator that has not come to an end by then is priced by what it has asked so far. */
    private static final long LONGEST_NANOS = 4_000_000_000L;

    private final ModelStages stages;
    private final Price price;
    private final Map<Object, AskedQuestions> questions = new HashMap<>();
    private final SequencedMap<String, Asked> asked = new LinkedHashMap<>();
    private final SequencedSet<String> atLeast = new LinkedHashSet<>();
    private double loaded;

    Rehearsal(ModelStages stages) {
        this.stages = stages;
        this.price = new Price(stages.checkpoint().spec(), stages.layers());
    }

    /** What the cells of an allocator ask for. */
    private static final class Asked {
        private final List<Work> work = new ArrayList<>();
        private int cells;
    }

    /** Runs the allocator of every cell that has the model run. */
    void run(List<Cell> cells) {
        for (Cell cell : cells) {
            cell.compression().filter(Compression::runsTheModel).ifPresent(this::rehearse);
        }
    }

    /** A line for each allocator, and one for the model that all of them share. */
    List<Forecast.Line> lines() {
        List<Forecast.Line> lines = new ArrayList<>();
        if (loaded > 0) {
            lines.add(new Forecast.Line(
                    ModelOracles.LOADING,
                    questions.size(),
                    0,
                    0,
                    List.of(new Work(Work.Kind.LOADING, 0, loaded)),
                    0,
                    0));
        }
        asked.forEach(
                (label, all) -> lines.add(new Forecast.Line("allocate " + label, all.cells, 0, 0, all.work, 0, 0)));
        return lines;
    }

    /** Allocators that did not come to an end: their price is the least they cost. */
    List<String> atLeast() {
        return List.copyOf(atLeast);
    }

    private void rehearse(Compression compression) {
        TextSample calibration = compression.calibration().sample();
        AskedQuestions of = questions.computeIfAbsent(
                List.of(
                        compression.calibration(),
                        compression.factorization().label(),
                        compression.validation().orElse(calibration)),
                _ -> {
                    loaded += stages.checkpoint().parameters() + components();
                    return new AskedQuestions(
                            price,
                            stages.checkpoint().spec().blocks(),
                            calibration,
                            compression.validation().orElse(calibration));
                });
        String label = compression.allocator().label();
        Asked all = asked.computeIfAbsent(label, _ -> new Asked());
        all.cells++;
        of.begin(LONGEST_NANOS);
        long began = System.nanoTime();
        try {
            Budget budget = Budget.of(compression.ratio().orElse(BigDecimal.ZERO), stages.layers());
            plan(compression.allocator(), budget, compression.seed(), of);
        } catch (RuntimeException unusual) {
            // Made-up numbers are no model's: what goes wrong with them says nothing about the run.
            atLeast.add(label);
        }
        all.work.addAll(of.work());
        all.work.add(new Work(Work.Kind.TIME, 0, (System.nanoTime() - began) / 1e9));
    }

    private RankPlan plan(PluginChoice<Allocator> choice, Budget budget, long seed, AskedQuestions of) {
        Allocator allocator = choice.plugin();
        RankPlan start = allocator.needs(choice.options()).contains(Need.START)
                ? plan(choice.start().orElseThrow(), budget, seed, of)
                : RankPlan.dense(stages.layers());
        return Apportionment.repair(
                budget,
                stages.layers(),
                allocator.allocate(new Allocation(
                        budget,
                        stages.layers(),
                        new RehearsedStatistics(stages.layers(), start, of),
                        choice.options(),
                        seed)));
    }

    private double components() {
        double parameters = 0;
        for (Layer layer : stages.layers()) {
            parameters += (double) layer.fullRank() * layer.costOfRank();
        }
        return parameters;
    }
}
