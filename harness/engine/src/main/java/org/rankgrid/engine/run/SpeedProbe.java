package org.rankgrid.engine.run;

import org.rankgrid.model.decoder.BlockObserver;
import org.rankgrid.model.decoder.DecoderBlock;
import org.rankgrid.model.decoder.DecoderSpec;
import org.rankgrid.model.decoder.Workspace;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;

/** Measures how fast a backend runs one decoder block of a model, to turn operations into seconds. */
final class SpeedProbe {

    private static final int TOKENS = 512;

    /** The kernels are compiled while they run: speed counts once it has not grown for so long, or after so long in all. */
    private static final long STEADY_NANOS = 1_500_000_000;

    private static final long MOST_NANOS = 8_000_000_000L;

    /** A smaller gain than this is noise. */
    private static final double GAIN = 1.05;

    private SpeedProbe() {}

    /** Operations a second, the best of some seconds. */
    static double flopsPerSecond(ModelStages stages, Backend backend) {
        DecoderSpec spec = stages.checkpoint().spec();
        int tokens = Math.min(TOKENS, spec.maximumPositions());
        PackedSequences batch = PackedSequences.ofLengths(tokens);
        long parameters = stages.checkpoint().layers().stream()
                .filter(layer -> layer.block() == 0)
                .mapToLong(Layer::parameters)
                .sum();
        double flops = tokens * (2.0 * parameters + 4.0 * spec.attention().queryFeatures() * (tokens + 1) / 2.0);
        double best = 0;
        try (Scope scope = backend.scope();
                Workspace workspace = new Workspace(spec, backend)) {
            DecoderBlock block = DecoderBlock.load(stages.checkpoint(), 0, backend, scope);
            float[] values = new float[tokens * spec.hidden()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.sin(i);
            }
            Tensor stream = scope.upload(values, tokens, spec.hidden());
            Tensor next = scope.tensor(tokens, spec.hidden());
            float[] first = new float[spec.hidden()];
            long start = System.nanoTime();
            long grew = start;
            for (long began = start; began - grew < STEADY_NANOS && began - start < MOST_NANOS; ) {
                block.forward(stream, next, batch, workspace, BlockObserver.NONE);
                backend.download(next, 0, 1, first);
                long ended = System.nanoTime();
                double speed = flops / ((ended - began) / 1e9);
                if (speed > GAIN * best) {
                    grew = ended;
                }
                best = Math.max(best, speed);
                began = ended;
            }
        }
        return best;
    }
}
