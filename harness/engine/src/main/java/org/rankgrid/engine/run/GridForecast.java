package org.rankgrid.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rankgrid.engine.grid.Cell;
import org.rankgrid.engine.grid.Compression;
import org.rankgrid.engine.grid.PluginChoice;
import org.rankgrid.engine.score.Batching;
import org.rankgrid.spi.factorize.Factorization;

/** What a whole grid will cost on this machine, for a person to read before it is run. */
public final class GridForecast {

    private GridForecast() {}

    /** Kept of factored layers where no ratio says it. */
    private static final double USUAL_SHARE = 0.8;

    /**
     * The forecast of one model's cells.
     *
     * @param model as the grid names it
     * @param cells how many cells
     * @param forecast the price by stage, what is in the cache left out
     * @param speeds measured on the first block of the model
     * @param atLeast allocators whose price is the least they cost
     */
    public record ModelForecast(String model, int cells, Forecast forecast, Speeds speeds, List<String> atLeast) {

        /** Copies the list. */
        public ModelForecast {
            atLeast = List.copyOf(atLeast);
        }

        /** Seconds of a stage. */
        public double seconds(Forecast.Line line) {
            return speeds.seconds(line.work());
        }
    }

    /**
     * Prices all cells of a grid, finished or not, model by model.
     *
     * @param batching how sequences are put together in passes
     * @throws org.rankgrid.spi.InputException if a model or its data cannot be used
     */
    public static List<ModelForecast> of(GridPlan plan, Installation installation, Machine machine, Batching batching) {
        List<ModelForecast> forecasts = new ArrayList<>();
        for (String model : plan.grid().models()) {
            List<Cell> cells = plan.cells().stream()
                    .filter(cell -> cell.model().equals(model))
                    .toList();
            long began = System.nanoTime();
            try (ModelStages stages =
                    ModelStages.open(installation, machine, model, plan.grid().layers(), plan.taskRuns())) {
                Forecast.Line preparing = time("prepare", (System.nanoTime() - began) / 1e9);
                Rehearsal rehearsal = new Rehearsal(stages);
                rehearsal.run(cells);
                Forecast forecast = Forecast.of(stages, cells, batching).and(rehearsal.lines());
                Speeds speeds = new SpeedProbe(stages, machine, keptShare(cells), factorization(cells))
                        .measure(forecast.lines().stream()
                                .flatMap(line -> line.work().stream())
                                .toList());
                forecasts.add(new ModelForecast(
                        model,
                        cells.size(),
                        forecast.and(List.of(preparing, time("warm-up", speeds.warmUpSeconds()))),
                        speeds,
                        rehearsal.atLeast()));
            }
        }
        return forecasts;
    }

    private static Forecast.Line time(String stage, double seconds) {
        return new Forecast.Line(stage, 1, 0, 0, List.of(new Work(Work.Kind.TIME, 0, seconds)), 0, 0);
    }

    private static double keptShare(List<Cell> cells) {
        return cells.stream()
                .flatMap(cell -> cell.compression().flatMap(Compression::ratio).stream())
                .mapToDouble(ratio -> 1 - ratio.doubleValue())
                .average()
                .orElse(USUAL_SHARE);
    }

    private static Optional<PluginChoice<Factorization>> factorization(List<Cell> cells) {
        return cells.stream()
                .flatMap(cell -> cell.compression().stream())
                .map(Compression::factorization)
                .findFirst();
    }
}
