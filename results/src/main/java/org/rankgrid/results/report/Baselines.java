package org.rankgrid.results.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.CellSpec;

/** Finds the cells that others are held against. */
final class Baselines {

    private static final String UNIFORM = "uniform";

    private final List<CellResult> cells;

    Baselines(List<CellResult> cells) {
        this.cells = cells;
    }

    /** Whether other cells may be held against a cell. */
    static boolean isBaseline(CellResult cell) {
        return cell.cell().isDense() || isUniform(cell);
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

    /** Whether a cell's value is the lowest of all compressed cells of its model and ratio, of which there are several. */
    boolean isLowest(CellResult cell, Function<CellResult, Optional<Double>> values) {
        Optional<Double> value = values.apply(cell);
        if (value.isEmpty() || cell.cell().isDense() || cell.cell().ratio().isEmpty()) {
            return false;
        }
        List<Double> all = cells.stream()
                .filter(other -> !other.cell().isDense() && sameSetting(other.cell(), cell.cell()))
                .flatMap(other -> values.apply(other).stream())
                .toList();
        return all.size() > 1 && all.stream().noneMatch(other -> other < value.get());
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
