package org.rankgrid.engine.calibrate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rankgrid.engine.Progress;
import org.rankgrid.model.decoder.ComponentDecoder;
import org.rankgrid.model.decoder.DecoderWeights;
import org.rankgrid.model.decoder.GradientObserver;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;

/**
 * Differentiates the mean next-token loss of the dense model with respect to the weights of its linear layers, one
 * calibration sequence at a time, and sums the squares of the gradients column by column (ALGORITHMS E.2). A sequence costs
 * about three forward passes and one more product a layer. Memory holds the whole model and the gradient of one weight.
 */
public final class WeightGradientPass {

    /** How many calibration sequences are differentiated, the first of them: the whole sample if it has fewer. */
    public static final int SEQUENCES = 16;

    /** What decides the numbers besides the calibration: a file of another pass counts as missing. */
    public static final String DESCRIPTION = "first " + SEQUENCES + " sequences/1";

    private final Backend backend;

    /** A pass on a backend. */
    public WeightGradientPass(Backend backend) {
        this.backend = backend;
    }

    /**
     * Runs the pass.
     *
     * @param store receives the sums when all sequences are done
     * @throws org.rankgrid.model.decoder.NonFiniteLossException if a loss or its gradient is not finite
     */
    public void run(DecoderWeights model, CalibrationSample sample, Progress progress, WeightGradientStore store) {
        List<int[]> sequences = sample.sequences()
                .subList(0, Math.min(SEQUENCES, sample.sequences().size()));
        long tokens = sequences.stream().mapToLong(ids -> ids.length).sum();
        SquaredSums sums = new SquaredSums();
        try (Progress.Step step = progress.begin("weight gradients", tokens, "tokens");
                ComponentDecoder decoder = ComponentDecoder.load(
                        model,
                        List.of(),
                        layer -> {
                            throw new IllegalStateException("components of " + layer.key() + " are not needed");
                        },
                        backend)) {
            for (int[] ids : sequences) {
                decoder.differentiate(ids, PackedSequences.ofLengths(ids.length), 1.0 / (ids.length - 1), sums);
                step.advance(ids.length);
            }
        }
        store.write(model.layers(), sums::of);
    }

    /** For each layer and input feature the sum over sequences and rows of the squared gradient. */
    private final class SquaredSums implements GradientObserver {

        private final Map<Layer, double[]> sums = new HashMap<>();

        @Override
        public boolean wantsComponents() {
            return false;
        }

        @Override
        public void linear(Layer layer, Tensor input, Tensor gradient) {
            int n = layer.columns();
            float[] values = new float[Math.multiplyExact(layer.rows(), n)];
            try (Scope scope = backend.scope()) {
                Tensor ofWeight = scope.upload(values, layer.rows(), n);
                backend.backward().accumulateWeight(gradient, input, ofWeight);
                backend.download(ofWeight, 0, layer.rows(), values);
            }
            double[] sum = sums.computeIfAbsent(layer, l -> new double[n]);
            for (int i = 0; i < values.length; i++) {
                sum[i % n] += (double) values[i] * values[i];
            }
        }

        double[] of(Layer layer) {
            double[] sum = sums.get(layer);
            if (sum == null) {
                throw new IllegalStateException("no gradient of " + layer.key() + " came by");
            }
            return sum;
        }
    }
}
