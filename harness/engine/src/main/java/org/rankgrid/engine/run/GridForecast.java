package org.rankgrid.engine.run;

import java.util.ArrayList;
import java.util.List;
import org.rankgrid.engine.grid.Cell;
import org.rankgrid.engine.score.Batching;

/** What a whole grid will cost on this machine, for a person to read before it is run. */
public final class GridForecast {

    private GridForecast() {}

    /**
     * The forecast of one model's cells.
     *
     * @param model as the grid names it
     * @param cells how many cells
     * @param forecast the price by stage, what is in the cache left out
     * @param flopsPerSecond measured on one block of the model
     */
    public record ModelForecast(String model, int cells, Forecast forecast, double flopsPerSecond) {

        /** Seconds of a stage. */
        public double seconds(Forecast.Line line) {
            return line.flops() / flopsPerSecond;
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
            try (ModelStages stages =
                    ModelStages.open(installation, machine, model, plan.grid().layers(), plan.taskRuns())) {
                forecasts.add(new ModelForecast(
                        model,
                        cells.size(),
                        Forecast.of(stages, cells, batching),
                        SpeedProbe.flopsPerSecond(stages, machine.backend())));
            }
        }
        return forecasts;
    }
}
