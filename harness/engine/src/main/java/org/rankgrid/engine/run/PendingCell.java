package org.rankgrid.engine.run;

import java.util.List;
import java.util.Optional;
import org.rankgrid.engine.grid.Cell;
import org.rankgrid.engine.score.PreparedTask;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.store.RunDirectory;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/**
 * What is left to do of a cell.
 *
 * @param cell the cell
 * @param tasks the tasks to score; none if its result is complete
 * @param earlier the result that is there
 * @param ranks the plan that is there
 */
record PendingCell(Cell cell, List<PreparedTask> tasks, Optional<CellResult> earlier, Optional<RankPlan> ranks) {

    PendingCell {
        tasks = List.copyOf(tasks);
    }

    /** Whether nothing is left to do. */
    boolean isFinished() {
        return tasks.isEmpty();
    }

    /** The plan of a finished cell, which decides its weights; empty if there is none that fits. */
    static Optional<RankPlan> ranks(Cell cell, RunDirectory directory, List<Layer> layers) {
        try {
            return cell.isDense() ? Optional.empty() : directory.plan(cell.id(), layers);
        } catch (InputException damaged) {
            return Optional.empty();
        }
    }
}
