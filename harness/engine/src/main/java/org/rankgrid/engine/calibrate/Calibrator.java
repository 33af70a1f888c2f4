package org.rankgrid.engine.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rankgrid.engine.Progress;
import org.rankgrid.model.decoder.DecoderBlock;
import org.rankgrid.model.decoder.DecoderWeights;
import org.rankgrid.model.decoder.Embedding;
import org.rankgrid.model.decoder.Workspace;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;

/**
 * Forwards the calibration tokens through the dense model once. All tokens pass a block before the next block is loaded, so
 * memory holds the residual stream, one block's weights and one block's moments, whatever the depth of the model.
 */
public final class Calibrator {

    /** Tokens that pass a block together where no batch size is asked for. */
    private static final int TOKENS_PER_PASS = 2048;

    private final Backend backend;
    private final int batch;

    /**
     * A calibrator.
     *
     * @param batch sequences that pass a block together, 0 for about 2048 tokens of them; changes no bit of the result
     */
    public Calibrator(Backend backend, int batch) {
        this.backend = backend;
        this.batch = batch;
    }

    /**
     * Runs the pass.
     *
     * @param store receives each block's statistics when it is done
     */
    public void run(DecoderWeights model, CalibrationSample sample, Progress progress, CalibrationStore store) {
        int blocks = model.spec().blocks();
        try (Progress.Step step = progress.begin("calibrate", sample.tokens() * blocks, "block tokens");
                Scope streams = backend.scope();
                Workspace workspace = new Workspace(model.spec(), backend)) {
            List<Pass> passes = embed(model, sample, streams, workspace);
            Map<Integer, Tensor> spare = new HashMap<>();
            for (int b = 0; b < blocks; b++) {
                try (Scope scope = backend.scope()) {
                    DecoderBlock block = DecoderBlock.load(model, b, backend, scope);
                    BlockRecorder recorder = new BlockRecorder(backend.operations(), scope, sample.groupCount());
                    for (Pass pass : passes) {
                        int tokens = pass.packing.tokens();
                        Tensor next = spare.computeIfAbsent(
                                tokens, t -> streams.tensor(t, model.spec().hidden()));
                        recorder.begin(pass.packing, pass.groups);
                        block.forward(pass.stream, next, pass.packing, workspace, recorder);
                        spare.put(tokens, pass.stream);
                        pass.stream = next;
                        step.advance(tokens);
                    }
                    store.write(b, recorder.statistics());
                }
            }
            store.complete();
        }
    }

    private List<Pass> embed(DecoderWeights model, CalibrationSample sample, Scope streams, Workspace workspace) {
        int count = batch > 0
                ? batch
                : Math.max(1, TOKENS_PER_PASS / sample.sequences().getFirst().length);
        List<Pass> passes = new ArrayList<>();
        try (Scope scope = backend.scope()) {
            Embedding embedding = Embedding.load(model, backend, scope);
            for (int from = 0; from < sample.sequences().size(); from += count) {
                int to = Math.min(sample.sequences().size(), from + count);
                List<int[]> sequences = sample.sequences().subList(from, to);
                PackedSequences packing = PackedSequences.ofLengths(
                        sequences.stream().map(ids -> ids.length).toList());
                int[] ids = sequences.stream().flatMapToInt(Arrays::stream).toArray();
                Tensor stream = streams.tensor(packing.tokens(), model.spec().hidden());
                embedding.forward(ids, packing, stream, workspace);
                passes.add(new Pass(packing, Arrays.copyOfRange(sample.groups(), from, to), stream));
            }
        }
        return passes;
    }

    /** Some sequences that go through a block together, and their residual stream. */
    private static final class Pass {

        final PackedSequences packing;
        final int[] groups;
        Tensor stream;

        Pass(PackedSequences packing, int[] groups, Tensor stream) {
            this.packing = packing;
            this.groups = groups;
            this.stream = stream;
        }
    }
}
