package org.rankgrid.engine.run;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.calibrate.CalibrationSample;
import org.rankgrid.engine.calibrate.WeightGradientPass;
import org.rankgrid.engine.grid.Calibration;
import org.rankgrid.engine.grid.Cell;
import org.rankgrid.engine.grid.Compression;
import org.rankgrid.engine.grid.PluginChoice;
import org.rankgrid.engine.score.Batching;
import org.rankgrid.engine.score.PreparedTask;
import org.rankgrid.engine.score.TokenRequests;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.rank.Budget;

/**
 * What the work that is left on one model's cells will cost, counted before it begins.
 *
 * @param lines a line a stage
 */
public record Forecast(List<Line> lines) {

    /** Stage title of calibration, as its progress has it. */
    private static final String CALIBRATE = "calibrate";

    private static final String DECOMPOSE = "decompose";

    /**
     * The price of a stage.
     *
     * @param stage calibrate, decompose, or the id of a task
     * @param times how often it runs
     * @param units units of progress: block tokens, parameters, tokens
     * @param tokens tokens that go through the model
     * @param work what is done
     * @param memoryBytes held at once
     * @param cacheBytes written to the cache
     */
    public record Line(
            String stage, int times, long units, long tokens, List<Work> work, long memoryBytes, long cacheBytes) {

        /** Copies the list. */
        public Line {
            work = List.copyOf(work);
        }

        /** Floating-point operations. */
        public double flops() {
            return work.stream().mapToDouble(Work::flops).sum();
        }
    }

    /** Copies the list. */
    public Forecast {
        lines = List.copyOf(lines);
    }

    /** The price of some cells of a model, with what is in the cache already left out. */
    static Forecast of(ModelStages stages, List<Cell> cells, Batching batching) {
        if (cells.isEmpty()) {
            return new Forecast(List.of()); // without tokenising the tasks, which may take longer than all the rest
        }
        Price price = new Price(stages.checkpoint().spec(), stages.layers());
        List<Line> lines = new ArrayList<>();
        SequencedSet<Calibration> calibrations = new LinkedHashSet<>();
        SequencedSet<Calibration> gradients = new LinkedHashSet<>();
        SequencedMap<String, Decomposing> decompositions = new LinkedHashMap<>();
        for (Cell cell : cells) {
            cell.compression().ifPresent(compression -> {
                calibrations.add(compression.calibration());
                if (ModelStages.needsGradients(compression.factorization())) {
                    gradients.add(compression.calibration());
                }
                decompositions.put(
                        compression.calibration() + compression.factorization().label(),
                        new Decomposing(compression.calibration(), compression.factorization()));
            });
        }
        for (Calibration calibration : calibrations) {
            if (!stages.calibrationStore(calibration).isComplete()) {
                lines.add(calibrating(price, stages, calibration));
            }
        }
        for (Calibration calibration : gradients) {
            if (!stages.calibrationStore(calibration).weightGradients().isComplete()) {
                lines.add(differentiating(price, stages, calibration));
            }
        }
        for (Decomposing work : decompositions.values()) {
            if (!stages.decompositionStore(work.calibration, work.factorization)
                    .missing(stages.layers())
                    .isEmpty()) {
                lines.add(new Line(
                        DECOMPOSE, 1, price.dense(), 0, List.of(price.decomposition()), 0, price.decompositionBytes()));
            }
        }
        if (!cells.isEmpty()) {
            lines.add(loading(stages, cells.size()));
        }
        for (PreparedTask task : stages.tasks()) {
            lines.add(scoring(price, stages, cells, task, batching));
        }
        return new Forecast(lines);
    }

    private static Line calibrating(Price price, ModelStages stages, Calibration calibration) {
        CalibrationSample sample = stages.sample(calibration);
        long tokens = sample.tokens();
        return new Line(
                CALIBRATE,
                1,
                tokens * stages.checkpoint().spec().blocks(),
                tokens,
                List.of(price.calibration(tokens, calibration.sample().length())),
                price.calibrationMemory(tokens, stages.checkpoint().parameters()),
                price.calibrationBytes(sample.groupCount()));
    }

    private static Line loading(ModelStages stages, int cells) {
        double parameters = (double) cells * stages.checkpoint().parameters();
        return new Line("load", cells, 0, 0, List.of(new Work(Work.Kind.LOADING, 0, parameters)), 0, 0);
    }

    private static Line differentiating(Price price, ModelStages stages, Calibration calibration) {
        int length = calibration.sample().length();
        long tokens = (long) length
                * Math.min(WeightGradientPass.SEQUENCES, calibration.sample().sequences());
        return new Line(
                ModelStages.WEIGHT_GRADIENTS,
                1,
                tokens,
                tokens,
                List.of(new Work(Work.Kind.GRADIENTS, length, price.training((double) tokens, length, false))),
                price.scoringBytes(2 * stages.checkpoint().parameters(), length),
                0);
    }

    private static Line scoring(
            Price price, ModelStages stages, List<Cell> cells, PreparedTask task, Batching batching) {
        TokenRequests requests = task.requests();
        long tokens = batching.tokens(requests);
        List<Work> work = new ArrayList<>();
        for (Cell cell : cells) {
            Optional<BigDecimal> ratio = cell.compression().flatMap(Compression::ratio);
            long kept =
                    ratio.map(r -> Budget.of(r, stages.layers()).parameters()).orElse(price.dense());
            work.addAll(price.scoring(kept, tokens, requests.predicted(), requests.typicalLength()));
        }
        return new Line(
                task.name(),
                cells.size(),
                tokens * cells.size(),
                tokens * cells.size(),
                work,
                price.scoringBytes(stages.checkpoint().parameters(), Math.max(2048, requests.longest())),
                0);
    }

    /** All operations, in millions. */
    public long megaFlops() {
        return (long) (flops() / 1e6);
    }

    /** All operations. */
    public double flops() {
        return lines.stream().mapToDouble(Line::flops).sum();
    }

    /** This and more. */
    Forecast and(List<Line> more) {
        List<Line> all = new ArrayList<>(lines);
        all.addAll(more);
        return new Forecast(all);
    }

    /** A progress that also moves an outer step whose unit is a million operations. */
    Progress metered(Progress progress, Progress.Step outer) {
        Map<String, Double> megaFlopsPerUnit = new LinkedHashMap<>();
        for (Line line : lines) {
            if (line.units() > 0) {
                megaFlopsPerUnit.put(line.stage(), line.flops() / 1e6 / line.units());
            }
        }
        return new Progress() {
            @Override
            public Step begin(String title, long total, String unit) {
                return new MeteredStep(
                        progress.begin(title, total, unit), outer, megaFlopsPerUnit.getOrDefault(title, 0.0));
            }

            @Override
            public Step beginOpenEnded(String title) {
                return progress.beginOpenEnded(title);
            }
        };
    }

    private record Decomposing(Calibration calibration, PluginChoice<Factorization> factorization) {}
}
