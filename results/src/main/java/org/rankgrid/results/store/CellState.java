package org.rankgrid.results.store;

import org.rankgrid.results.cell.CellResult;

/** What a run directory holds of a cell. */
public sealed interface CellState {

    /** Nothing: the cell is still to be computed. */
    record Absent() implements CellState {}

    /** Its result; the cell may have failed. */
    record Finished(CellResult result) implements CellState {}

    /**
     * A result that cannot be used: the cell is to be computed again. The file is kept under another name when a new result
     * is written.
     *
     * @param reason one sentence
     */
    record Unusable(String reason) implements CellState {}
}
