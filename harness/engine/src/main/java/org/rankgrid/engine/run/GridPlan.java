package org.rankgrid.engine.run;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.rankgrid.engine.grid.Cell;
import org.rankgrid.engine.grid.Expansion;
import org.rankgrid.engine.grid.Fingerprints;
import org.rankgrid.engine.grid.GridSpec;
import org.rankgrid.engine.grid.TaskChoice;
import org.rankgrid.engine.score.TaskRun;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.spi.allocate.Need;

/**
 * A grid and its cells.
 *
 * @param grid the grid
 * @param cells its expansion, in order
 */
public record GridPlan(GridSpec grid, List<Cell> cells) {

    /** Copies the list. */
    public GridPlan {
        cells = List.copyOf(cells);
    }

    /**
     * Expands a grid, asking every model and corpus for its hash.
     *
     * @throws org.rankgrid.spi.InputException if a model or corpus cannot be read
     */
    public static GridPlan of(GridSpec grid, Installation installation, Machine machine) {
        Map<String, String> models = new HashMap<>();
        return new GridPlan(grid, Expansion.of(grid, new Fingerprints() {
            @Override
            public String model(String reference) {
                return models.computeIfAbsent(reference, name -> {
                    try (Checkpoint checkpoint = installation.open(name)) {
                        return checkpoint.fingerprint() + checkpoint.tokenizer().fingerprint();
                    }
                });
            }

            @Override
            public String corpus(String name) {
                return installation.corpora().fingerprint(name);
            }

            @Override
            public String decompositions() {
                return machine.algebra().description();
            }

            @Override
            public String stages() {
                return ModelStages.versions();
            }

            @Override
            public Optional<String> oracle(Need need) {
                return ModelOracles.version(need);
            }
        }));
    }

    /** The metric that a table shows of each task, by the name of its scores; none where no profile says it. */
    public SequencedMap<String, String> metrics() {
        return grid.profile().map(profile -> profile.shownMetrics(taskRuns())).orElseGet(LinkedHashMap::new);
    }

    /** The tasks every cell is scored on. */
    List<TaskRun> taskRuns() {
        return grid.tasks().stream().map(TaskChoice::run).toList();
    }
}
