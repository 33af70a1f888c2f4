package org.rankgrid.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.rankgrid.cli.bench.Provenance;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.calibrate.CalibrationSample;
import org.rankgrid.engine.calibrate.CalibrationStore;
import org.rankgrid.engine.compress.Compressor;
import org.rankgrid.engine.decompose.DecompositionStore;
import org.rankgrid.engine.grid.Calibration;
import org.rankgrid.engine.grid.Cell;
import org.rankgrid.engine.grid.Compression;
import org.rankgrid.engine.grid.TaskChoice;
import org.rankgrid.engine.run.GridPlan;
import org.rankgrid.engine.run.Installation;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.engine.score.Batching;
import org.rankgrid.engine.score.PreparedTask;
import org.rankgrid.engine.score.Scorer;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.model.decoder.DecoderWeights;
import org.rankgrid.results.store.RunDirectory;
import org.rankgrid.spi.rank.RankPlan;

/**
 * What the parts of a grid cost apart, in seconds.
 *
 * @param calibration one a text
 * @param decomposition one a text and factorization
 * @param evaluation scoring of every cell, with its weights loaded
 * @param loading packing of the weights of every cell
 * @param tokens of calibration and scoring together
 */
record GridParts(double calibration, double decomposition, double evaluation, double loading, long tokens) {

    private static final GridParts NOTHING = new GridParts(0, 0, 0, 0, 0);

    /** Does them, with the plans that a run has found. */
    static GridParts measure(Installation installation, Machine machine, GridPlan plan, RunDirectory directory) {
        GridParts sum = NOTHING;
        for (String model : plan.grid().models()) {
            try (Checkpoint checkpoint = installation.open(model);
                    Apart apart = new Apart(installation, machine, checkpoint, plan, directory)) {
                for (Cell cell : plan.cells()) {
                    if (cell.model().equals(model)) {
                        apart.evaluate(cell);
                    }
                }
                sum = sum.plus(apart.parts);
            }
        }
        return sum;
    }

    /** Calibration, decomposition and evaluation. */
    double sum() {
        return calibration + decomposition + evaluation;
    }

    private GridParts plus(GridParts other) {
        return new GridParts(
                calibration + other.calibration,
                decomposition + other.decomposition,
                evaluation + other.evaluation,
                loading + other.loading,
                tokens + other.tokens);
    }

    /** For a line of the history. */
    SequencedMap<String, Object> tree() {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("calibration", Provenance.rounded(calibration));
        tree.put("decomposition", Provenance.rounded(decomposition));
        tree.put("evaluation", Provenance.rounded(evaluation));
        tree.put("loading", Provenance.rounded(loading));
        return tree;
    }

    /** The parts of one model's cells. */
    private static final class Apart implements AutoCloseable {

        private final Installation installation;
        private final Machine machine;
        private final Checkpoint checkpoint;
        private final RunDirectory directory;
        private final List<PreparedTask> tasks;
        private final List<SharedStages> stages = new ArrayList<>();
        private final Map<Calibration, CalibrationStore> calibrations = new HashMap<>();
        private final Map<String, DecompositionStore> decompositions = new HashMap<>();
        private GridParts parts = NOTHING;

        Apart(
                Installation installation,
                Machine machine,
                Checkpoint checkpoint,
                GridPlan plan,
                RunDirectory directory) {
            this.installation = installation;
            this.machine = machine;
            this.checkpoint = checkpoint;
            this.directory = directory;
            tasks = PreparedTask.of(
                    plan.grid().tasks().stream().map(TaskChoice::run).toList(),
                    installation.corpora(),
                    checkpoint.tokenizer(),
                    checkpoint.spec().maximumPositions());
        }

        void evaluate(Cell cell) {
            Optional<RankPlan> ranks = directory.plan(cell.id(), checkpoint.layers());
            DecoderWeights weights = cell.compression()
                    .map(compression ->
                            Compressor.compress(checkpoint, ranks.orElseThrow(), decompositions(compression)))
                    .orElse(checkpoint);
            long began = System.nanoTime();
            try (Decoder decoder = Decoder.load(weights, machine.backend())) {
                double loading = secondsSince(began);
                long scored = 0;
                began = System.nanoTime();
                for (PreparedTask task : tasks) {
                    new Scorer(machine.backend(), Batching.DEFAULT)
                            .score(decoder, task.requests(), Progress.NONE, task.name());
                    scored += Batching.DEFAULT.tokens(task.requests());
                }
                parts = parts.plus(new GridParts(0, 0, secondsSince(began), loading, scored));
            }
        }

        private DecompositionStore decompositions(Compression compression) {
            Calibration calibration = compression.calibration();
            return decompositions.computeIfAbsent(
                    calibration + compression.factorization().label(), _ -> decompose(compression, calibration));
        }

        private DecompositionStore decompose(Compression compression, Calibration calibration) {
            CalibrationStore statistics = calibrations.computeIfAbsent(calibration, this::calibrate);
            long began = System.nanoTime();
            DecompositionStore store = begun().decompose(
                            statistics,
                            compression.factorization().plugin(),
                            compression.factorization().options());
            parts = parts.plus(new GridParts(0, secondsSince(began), 0, 0, 0));
            return store;
        }

        private CalibrationStore calibrate(Calibration calibration) {
            CalibrationSample sample = sample(calibration);
            long began = System.nanoTime();
            CalibrationStore statistics = begun().calibrate(sample);
            parts = parts.plus(new GridParts(secondsSince(began), 0, 0, 0, sample.tokens()));
            return statistics;
        }

        /** Stages in a folder of their own. */
        private SharedStages begun() {
            SharedStages made = new SharedStages(machine, checkpoint);
            stages.add(made);
            return made;
        }

        private CalibrationSample sample(Calibration calibration) {
            String corpus = calibration.sample().corpus();
            return CalibrationSample.draw(
                    corpus,
                    checkpoint.tokenizer().encode(installation.corpora().joined(corpus), true),
                    calibration.sample().sequences(),
                    calibration.sample().length(),
                    calibration.groups(),
                    calibration.sample().seed(0));
        }

        private static double secondsSince(long began) {
            return (System.nanoTime() - began) / 1e9;
        }

        @Override
        public void close() {
            decompositions.values().forEach(DecompositionStore::close);
            stages.forEach(SharedStages::close);
        }
    }
}
