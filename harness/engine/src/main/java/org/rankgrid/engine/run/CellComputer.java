package org.rankgrid.engine.run;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.rankgrid.engine.Effort;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.allocate.AllocationStage;
import org.rankgrid.engine.allocate.Allotment;
import org.rankgrid.engine.allocate.Oracles;
import org.rankgrid.engine.cache.CacheException;
import org.rankgrid.engine.calibrate.CalibrationSample;
import org.rankgrid.engine.calibrate.CalibrationStore;
import org.rankgrid.engine.compress.Compressor;
import org.rankgrid.engine.decompose.DecompositionStore;
import org.rankgrid.engine.grid.Cell;
import org.rankgrid.engine.grid.Compression;
import org.rankgrid.engine.score.Batching;
import org.rankgrid.engine.score.PreparedTask;
import org.rankgrid.engine.score.Scorer;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.model.decoder.DecoderWeights;
import org.rankgrid.results.cell.AllocationCost;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.CellSpec;
import org.rankgrid.results.cell.Cost;
import org.rankgrid.results.cell.Item;
import org.rankgrid.results.cell.Outcome;
import org.rankgrid.results.cell.Params;
import org.rankgrid.results.cell.Provenance;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.Score;

/** Computes single cells of one model: allocate, compress, score. */
final class CellComputer {

    private final ModelStages stages;
    private final Machine machine;
    private final Batching batching;
    private final ScoredWeights scored;
    private final Progress progress;
    private final Map<List<Object>, SequencedMap<String, Object>> textFacts = new HashMap<>();

    /**
     * A computer of cells.
     *
     * @param scored what has been scored before
     */
    CellComputer(ModelStages stages, Machine machine, Batching batching, ScoredWeights scored, Progress progress) {
        this.stages = stages;
        this.machine = machine;
        this.batching = batching;
        this.scored = scored;
        this.progress = progress;
    }

    /**
     * A cell that has been computed.
     *
     * @param result its result, of the tasks that were asked
     * @param plan its ranks; empty for the dense model, or if the allocator failed
     * @param items the items of each task
     * @param failure what ended it, for those who want the stack trace
     */
    record Computed(
            CellResult result, Optional<RankPlan> plan, Map<String, List<Item>> items, Optional<Throwable> failure) {}

    /** Computes what is left of a cell. */
    Computed compute(PendingCell work) {
        return compute(work.cell(), work.tasks(), work.ranks());
    }

    /**
     * Makes sure that what a cell shares with others is in the cache.
     *
     * @return whether it is; if not, the cell fails when it is computed
     * @throws CacheException if the cache cannot be written, which is no cell's fault
     */
    boolean prepare(Cell cell) {
        try {
            cell.compression().ifPresent(this::decompositions);
            return true;
        } catch (CacheException ofAll) {
            throw ofAll;
        } catch (RuntimeException failure) {
            return false;
        }
    }

    private DecompositionStore decompositions(Compression compression) {
        return stages.decompositions(
                compression.calibration(),
                compression.factorization(),
                stages.calibration(compression.calibration(), batching.sequences(), progress),
                progress);
    }

    /**
     * Computes a cell. What goes wrong in it becomes part of its result.
     *
     * @param known the cell's plan, if it was allocated before
     * @throws CacheException if the cache cannot be written, which is no cell's fault
     */
    Computed compute(Cell cell, List<PreparedTask> tasks, Optional<RankPlan> known) {
        Attempt attempt = new Attempt(cell, known);
        try {
            attempt.run(tasks);
        } catch (CacheException ofAll) {
            throw ofAll;
        } catch (RuntimeException | Error failure) {
            attempt.outcome = CellFailure.of(attempt.during, failure);
            attempt.failure = Optional.of(failure);
        }
        return attempt.computed();
    }

    /** A task's fingerprint as it is recorded: its own and the backend's id. */
    static String fingerprint(PreparedTask task, Machine machine) {
        return task.fingerprint().substring(0, 16) + "-" + machine.backend().id();
    }

    /** One attempt at a cell, and what is known of it so far. */
    private final class Attempt {

        private final Cell cell;
        private final Optional<RankPlan> known;
        private final SequencedMap<String, Double> seconds = new LinkedHashMap<>();
        private final SequencedMap<String, Object> facts = machine.facts();
        private final SequencedMap<String, String> scoredTasks = new LinkedHashMap<>();
        private final List<Score> scores = new ArrayList<>();
        private final Map<String, List<Item>> items = new LinkedHashMap<>();
        private final SequencedMap<String, String> lenders = new LinkedHashMap<>();
        private Outcome outcome = new Outcome.Ok();
        private Optional<Throwable> failure = Optional.empty();
        private Optional<RankPlan> plan = Optional.empty();
        private Optional<Params> params = Optional.empty();
        private String during = "";
        private AllocationCost allocation = AllocationCost.NONE;
        private long tokens;
        private double scoringSeconds;

        Attempt(Cell cell, Optional<RankPlan> known) {
            this.cell = cell;
            this.known = known;
        }

        void run(List<PreparedTask> tasks) {
            facts.put("model", stages.checkpoint().fingerprint());
            if (batching.shareContexts()) {
                facts.put("share_contexts", true);
            }
            DecoderWeights weights;
            if (cell.compression().isPresent()) {
                weights = compressed(cell.compression().get(), tasks);
            } else {
                weights = stages.checkpoint();
                params = Optional.of(
                        params(RankPlan.dense(stages.layers()), 0, OptionalLong.empty(), OptionalDouble.empty()));
            }
            RankPlan ranks = plan.orElseGet(() -> RankPlan.dense(stages.layers()));
            SequencedMap<PreparedTask, Optional<ScoredWeights.Loan>> loans = new LinkedHashMap<>();
            for (PreparedTask task : tasks) {
                loans.put(task, scored.find(cell, ranks, task.name(), fingerprint(task, machine)));
            }
            if (loans.values().stream().allMatch(Optional::isPresent)) {
                loans.forEach((task, loan) -> takeOver(task, loan.orElseThrow()));
                return;
            }
            during = "loading the model";
            try (Decoder decoder = timed("load", () -> Decoder.load(weights, machine.backend()))) {
                loans.forEach((task, loan) -> {
                    during = "task " + task.name();
                    loan.ifPresentOrElse(there -> takeOver(task, there), () -> score(decoder, task));
                });
            }
        }

        /** What was scored for another cell of the same weights costs nothing here. */
        private void takeOver(PreparedTask task, ScoredWeights.Loan loan) {
            long spared = batching.tokens(task.requests());
            try (Progress.Step step = progress.begin(task.name(), spared, "tokens")) {
                step.advance(spared);
            }
            scores.addAll(loan.scores());
            items.put(task.name(), loan.items());
            scoredTasks.put(task.name(), fingerprint(task, machine));
            lenders.put(task.name(), loan.cell());
        }

        private DecoderWeights compressed(Compression compression, List<PreparedTask> tasks) {
            during = "calibration";
            CalibrationStore calibration =
                    stages.calibration(compression.calibration(), batching.sequences(), progress);
            during = "factorization " + compression.factorization().id();
            DecompositionStore decompositions = stages.decompositions(
                    compression.calibration(), compression.factorization(), calibration, progress);
            RankPlan ranks = known.orElseGet(() -> allocated(compression, calibration, decompositions));
            plan = Optional.of(ranks);
            factsOfTexts(compression, tasks);
            List<String> notes = decompositions.notes(stages.layers());
            if (!notes.isEmpty()) {
                facts.put("repairs", notes);
            }
            during = "compression";
            return Compressor.compress(stages.checkpoint(), ranks, decompositions);
        }

        private RankPlan allocated(
                Compression compression, CalibrationStore calibration, DecompositionStore decompositions) {
            during = "allocator " + compression.allocator().id();
            Effort effort = new Effort();
            double loading = stages.seconds().getOrDefault(ModelOracles.LOADING, 0.0);
            Allotment allotment;
            try (Progress.Step _ = searching(compression)) {
                Oracles oracles = stages.oracles().of(compression, decompositions, effort, progress);
                allotment = new AllocationStage(stages.layers(), calibration, decompositions, oracles)
                        .allocate(
                                compression.allocator(),
                                compression.ratio().orElse(BigDecimal.ZERO),
                                compression.seed());
            }
            // The model that all searches share is no cell's own cost.
            double own = allotment.seconds() - (stages.seconds().getOrDefault(ModelOracles.LOADING, 0.0) - loading);
            seconds.put("allocate", own);
            allocation = new AllocationCost(own, effort.tokensForwarded(), effort.tokensTrained(), effort.trials());
            SequencedMap<String, Object> recorded = new LinkedHashMap<>(allotment.facts());
            if (effort.trials() > 0) {
                recorded.put("trials_computed", effort.trialsComputed());
                recorded.put("trials_not_finite", effort.trialsNotFinite());
                recorded.put("blocks_reused", effort.blocksReused());
            }
            if (!recorded.isEmpty()) {
                facts.put("allocation", recorded);
            }
            long biases = Compressor.addedBiases(stages.checkpoint(), allotment.plan(), decompositions);
            if (biases > 0) {
                facts.put("bias_parameters", biases);
            }
            params = Optional.of(params(
                    allotment.plan(),
                    biases,
                    compression.ratio().isPresent()
                            ? OptionalLong.of(allotment.budget().parameters())
                            : OptionalLong.empty(),
                    OptionalDouble.of(allotment.rawParameters())));
            return allotment.plan();
        }

        /** Allocators that only calculate are done before anyone could look. */
        private Progress.Step searching(Compression compression) {
            return (compression.runsTheModel() ? progress : Progress.NONE).beginOpenEnded(during);
        }

        /** The texts are the same for most cells, and looking for what they share takes long. */
        private void factsOfTexts(Compression compression, List<PreparedTask> tasks) {
            CalibrationSample calibration = stages.sample(compression.calibration());
            facts.put(
                    "calibration",
                    textFacts.computeIfAbsent(
                            List.of(compression.calibration(), tasks),
                            _ -> new TextFacts(compression.calibration().sample(), calibration)
                                    .besideTasks(tasks)
                                    .asMap()));
            compression
                    .validation()
                    .ifPresent(text -> facts.put(
                            "validation",
                            textFacts.computeIfAbsent(
                                    List.of(text, compression.calibration(), tasks),
                                    _ -> new TextFacts(text, stages.validation(text))
                                            .beside("calibration", calibration)
                                            .besideTasks(tasks)
                                            .asMap())));
        }

        private void score(Decoder decoder, PreparedTask task) {
            long start = System.nanoTime();
            List<Answer> answers =
                    new Scorer(machine.backend(), batching).score(decoder, task.requests(), progress, task.name());
            double spent = (System.nanoTime() - start) / 1e9;
            scores.addAll(task.scores(answers));
            items.put(task.name(), task.items(answers));
            scoredTasks.put(task.name(), fingerprint(task, machine));
            seconds.merge("score", spent, Double::sum);
            scoringSeconds += spent;
            tokens += batching.tokens(task.requests());
        }

        Computed computed() {
            double all =
                    seconds.values().stream().mapToDouble(Double::doubleValue).sum();
            Cost cost = new Cost(all, tokens, scoringSeconds, allocation, seconds);
            Provenance provenance = new Provenance(cell.identity(), scoredTasks, facts).scoredWith(lenders);
            return new Computed(
                    new CellResult(spec(cell), outcome, params, scores, cost, provenance), plan, items, failure);
        }

        private <T> T timed(String stage, Supplier<T> work) {
            long start = System.nanoTime();
            T value = work.get();
            seconds.merge(stage, (System.nanoTime() - start) / 1e9, Double::sum);
            return value;
        }
    }

    /** The cell as results record it. */
    static CellSpec spec(Cell cell) {
        return cell.compression()
                .map(compression -> new CellSpec(
                        cell.model(),
                        Optional.of(compression.factorization().id()),
                        compression.factorization().options().asMap(),
                        compression.allocator().id(),
                        compression.allocator().options().asMap(),
                        compression.ratio(),
                        OptionalLong.of(compression.seed())))
                .orElseGet(() -> CellSpec.dense(cell.model()));
    }

    private Params params(RankPlan plan, long biases, OptionalLong budget, OptionalDouble raw) {
        long excluded = stages.checkpoint().layers().stream()
                        .mapToLong(layer -> layer.parameters())
                        .sum()
                - RankPlan.dense(stages.layers()).parameters();
        long dense = RankPlan.dense(stages.layers()).parameters();
        long kept = plan.parameters();
        long model = stages.checkpoint().parameters() - dense + kept + biases;
        return new Params(
                dense,
                kept,
                budget,
                raw,
                model,
                model * Float.BYTES,
                Price.macsPerToken(stages.checkpoint().spec(), kept + excluded));
    }
}
