package org.rankgrid.conformance;

import java.util.List;
import org.rankgrid.engine.Effort;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.allocate.AllocationStage;
import org.rankgrid.engine.allocate.Oracles;
import org.rankgrid.engine.cache.Stage;
import org.rankgrid.engine.decompose.DecompositionStore;
import org.rankgrid.engine.gradient.GradientStore;
import org.rankgrid.engine.gradient.LossGradients;
import org.rankgrid.engine.mask.MaskTraining;
import org.rankgrid.engine.trial.TrialLog;
import org.rankgrid.engine.trial.TrialOracle;
import org.rankgrid.engine.trial.TrialScorer;
import org.rankgrid.model.decoder.ComponentDecoder;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.rank.Layer;

/** What allocators measure on the bundled model while they run: the engine's oracles on the streams of the golden. */
final class StoriesOracles implements AutoCloseable {

    private static final long STREAM_BYTES = 256L << 20;

    private final Stories stories;
    private final DecompositionStore decompositions;
    private final Backend backend;
    private final List<Layer> layers;
    private final ComponentDecoder decoder;
    private final TrialScorer scorer;
    private final TrialLog log;
    private final GradientStore gradients;

    /** Oracles on one decomposition of the model. */
    StoriesOracles(Stories stories, DecompositionStore decompositions) {
        this.stories = stories;
        this.decompositions = decompositions;
        backend = stories.backend();
        layers = stories.layers();
        List<int[]> validation = stories.validation();
        decoder = ComponentDecoder.load(stories.checkpoint(), layers, decompositions::components, backend);
        scorer = new TrialScorer(() -> decoder, backend, validation, STREAM_BYTES);
        log = new TrialLog(stories.entry(Stage.TRIAL), layers, validation.size());
        gradients = new GradientStore(stories.entry(Stage.GRADIENT), layers);
    }

    /** Allocation with all oracles. */
    AllocationStage allocation(long seed) {
        return new AllocationStage(layers, stories.calibration(), decompositions, oracles(seed));
    }

    /** The oracles of one cell. */
    Oracles oracles(long seed) {
        Effort effort = new Effort();
        List<int[]> calibration = stories.sample().sequences();
        return new Oracles(
                () -> new LossGradients(() -> decoder, backend, layers, calibration, gradients, effort, Progress.NONE),
                () -> new TrialOracle(scorer, log, effort, Progress.NONE),
                () -> new MaskTraining(() -> decoder, backend, layers, calibration, seed, effort, Progress.NONE),
                effort);
    }

    @Override
    public void close() {
        scorer.close();
        decoder.close();
    }
}
