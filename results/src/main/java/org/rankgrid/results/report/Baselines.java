package org.rankgrid.results.report;

import java.util.List;
import java.util.Optional;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.CellSpec;

/** Finds the cells that others are held against. */
final class Baselines {

    private static final String UNIFORM = "uniform";

    private final List<CellResult> cells;

    Baselines(List<CellResult> cells) {
        this.cells = cells;
    }

    boolean hasDense() {
        return cells.stream().anyMatch(result -> result.cell().isDense());
    }

    boolean hasUniform() {
        return cells.stream().anyMatch(Baselines::isUniform);
    }

    /** The dense model of a compressed cell. */
    Optional<CellResult> dense(CellResult of) {
        return of.cell().isDense()
                ? Optional.empty()
                : cells.stream()
                        .filter(result -> result.cell().isDense()
                                && result.cell().model().equals(of.cell().model()))
                        .findFirst();
    }

    /** Uniform allocation with everything else alike; empty for uniform cells themselves. */
    Optional<CellResult> uniform(CellResult of) {
        return of.cell().isDense() || isUniform(of)
                ? Optional.empty()
                : cells.stream()
                        .filter(result -> isUniform(result)
                                && sameSetting(result.cell(), of.cell())
                                && result.cell()
                                        .factorization()
                                        .equals(of.cell().factorization())
                                && result.cell()
                                        .factorizationOptions()
                                        .equals(of.cell().factorizationOptions())
                                && result.cell().seed().equals(of.cell().seed()))
                        .findFirst();
    }

    /**
     * What a cell's perplexity is held against: uniform allocation with everything else alike where there is such a cell, and
     * the dense model for all others.
     */
    Optional<CellResult> base(CellResult of) {
        return uniform(of).or(() -> dense(of));
    }

    /** Whether a cell's score is the best of all compressed cells of its model and ratio, of which there are several. */
    boolean best(CellResult cell, Metric metric) {
        Optional<Double> value = metric.value(cell);
        if (value.isEmpty() || cell.cell().isDense() || cell.cell().ratio().isEmpty()) {
            return false;
        }
        List<Double> values = cells.stream()
                .filter(other -> !other.cell().isDense() && sameSetting(other.cell(), cell.cell()))
                .flatMap(other -> metric.value(other).stream())
                .toList();
        return values.size() > 1 && values.stream().noneMatch(other -> metric.better(other, value.get()));
    }

    private static boolean isUniform(CellResult result) {
        return result.cell().allocator().equals(UNIFORM);
    }

    private static boolean sameSetting(CellSpec a, CellSpec b) {
        return a.model().equals(b.model())
                && a.ratio().isPresent()
                && b.ratio().isPresent()
                && a.ratio().get().compareTo(b.ratio().get()) == 0;
    }
}
