package org.rankgrid.engine.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rankgrid.engine.grid.Cell;
import org.rankgrid.engine.grid.Compression;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Item;
import org.rankgrid.results.store.RunDirectory;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.task.Score;

/**
 * Which cells of a model have been scored on which weights, so that cells that come to the same weights are scored once: the
 * others take over scores and items from the run directory, bit for bit.
 */
final class ScoredWeights {

    private final ModelStages stages;
    private final Machine machine;
    private final RunDirectory directory;
    private final Map<Weights, List<Lender>> lenders = new HashMap<>();

    ScoredWeights(ModelStages stages, Machine machine, RunDirectory directory) {
        this.stages = stages;
        this.machine = machine;
        this.directory = directory;
    }

    /**
     * What decides the weights of a model's cell.
     *
     * @param decomposition hash of the decomposition that factors are prefixes of; empty where no layer is factored
     * @param plan the ranks
     */
    private record Weights(Optional<String> decomposition, RankPlan plan) {}

    /** A cell that has scores. */
    private record Lender(String id, CellResult result) {}

    /**
     * Scores of a task, and where they are from.
     *
     * @param cell the id of the cell that they were computed for
     * @param scores of the task and its parts
     * @param items of the task and its parts
     */
    record Loan(String cell, List<Score> scores, List<Item> items) {}

    /**
     * Remembers a cell whose result and items are on disk.
     *
     * @param plan its ranks; empty for the dense model
     */
    void add(Cell cell, CellResult result, Optional<RankPlan> plan) {
        if ((plan.isPresent() || cell.isDense()) && sameArithmetic(result)) {
            RankPlan ranks = plan.orElseGet(() -> RankPlan.dense(stages.layers()));
            lenders.computeIfAbsent(weights(cell.compression(), ranks), _ -> new ArrayList<>())
                    .add(new Lender(cell.id(), result));
        }
    }

    /**
     * The scores that another cell of the same weights has of a task.
     *
     * @param plan the ranks of the cell that asks
     * @param fingerprint of the task, as it is recorded
     */
    Optional<Loan> find(Cell cell, RankPlan plan, String task, String fingerprint) {
        return lenders.getOrDefault(weights(cell.compression(), plan), List.of()).stream()
                .filter(lender -> !lender.id.equals(cell.id()) && lender.result.hasTask(task, fingerprint))
                .findFirst()
                .flatMap(lender -> loan(lender, task));
    }

    private Optional<Loan> loan(Lender lender, String task) {
        CellResult result = lender.result;
        try {
            List<Item> items = directory.items(lender.id, result.withParts(task));
            return items.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Loan(
                            result.provenance().scoredWith(task).orElse(lender.id), result.scoresOf(task), items));
        } catch (InputException damaged) {
            return Optional.empty();
        }
    }

    /** Where no layer is factored, the weights are the model's own, whatever the factorization is. */
    private Weights weights(Optional<Compression> compression, RankPlan plan) {
        boolean dense = plan.equals(RankPlan.dense(plan.layers()));
        return new Weights(
                compression
                        .filter(_ -> !dense)
                        .map(c -> stages.identity(c.calibration(), c.factorization())
                                .hash()),
                plan);
    }

    /** Scores that came about on another backend, or another build of it, are not those that this one would make. */
    private boolean sameArithmetic(CellResult result) {
        return arithmetic(result.provenance().facts().get(Machine.BACKEND))
                .equals(arithmetic(machine.facts().get(Machine.BACKEND)));
    }

    private static Map<?, ?> arithmetic(@Nullable Object backendFacts) {
        Map<?, ?> facts = backendFacts instanceof Map<?, ?> map ? new LinkedHashMap<>(map) : new LinkedHashMap<>();
        facts.remove(Machine.THREADS);
        return facts;
    }
}
