package org.rankgrid.bench;

import java.util.List;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.cache.Cache;
import org.rankgrid.engine.cache.CacheEntry;
import org.rankgrid.engine.cache.Identity;
import org.rankgrid.engine.cache.Stage;
import org.rankgrid.engine.calibrate.CalibrationSample;
import org.rankgrid.engine.calibrate.CalibrationStore;
import org.rankgrid.engine.calibrate.Calibrator;
import org.rankgrid.engine.decompose.Decomposer;
import org.rankgrid.engine.decompose.DecompositionStore;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.option.Options;

/** The stages that cells of a grid share, each done from the beginning and into a folder of its own. */
final class SharedStages implements AutoCloseable {

    private final Machine machine;
    private final Checkpoint checkpoint;
    private final TemporaryFolder folder = TemporaryFolder.create();

    /** The stages of a model. */
    SharedStages(Machine machine, Checkpoint checkpoint) {
        this.machine = machine;
        this.checkpoint = checkpoint;
    }

    /** What a run does: the pass over the tokens and the writing of its statistics. */
    CalibrationStore calibrate(CalibrationSample sample) {
        CalibrationStore store =
                new CalibrationStore(entry(Stage.CALIBRATION), checkpoint.spec().blocks());
        new Calibrator(machine.backend(), 0).run(checkpoint, sample, Progress.NONE, store);
        return store;
    }

    /** Decomposes all layers and writes them. */
    DecompositionStore decompose(CalibrationStore statistics, Factorization factorization, Options options) {
        DecompositionStore store = new DecompositionStore(entry(Stage.DECOMPOSITION), checkpoint.layers());
        new Decomposer(machine.algebra(), machine.threads())
                .run(checkpoint, checkpoint.layers(), statistics, factorization, options, store, Progress.NONE);
        return store;
    }

    /** Windows as they are, in one group. */
    static CalibrationSample sample(List<int[]> windows) {
        return new CalibrationSample(new int[windows.size()], windows, new int[windows.size()]);
    }

    private CacheEntry entry(Stage stage) {
        return new Cache(folder.path()).entry(stage, Identity.of("bench", 1), "a benchmark's");
    }

    @Override
    public void close() {
        folder.close();
    }
}
