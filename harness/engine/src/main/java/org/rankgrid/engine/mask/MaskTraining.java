package org.rankgrid.engine.mask;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.rankgrid.engine.Effort;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.gradient.ComponentSums;
import org.rankgrid.engine.gradient.SequencePasses;
import org.rankgrid.model.decoder.ComponentDecoder;
import org.rankgrid.spi.allocate.MaskObjective;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.rank.Layer;

/** The mean next-token loss on calibration text under masks. Nothing is kept: no two steps of a training are alike. */
public final class MaskTraining implements MaskObjective {

    private final Supplier<ComponentDecoder> decoder;
    private final Backend backend;
    private final List<Layer> layers;
    private final List<int[]> calibration;
    private final long seed;
    private final Effort effort;
    private final Progress progress;
    private final Map<Integer, TextOrder> orders = new HashMap<>();

    /**
     * An objective.
     *
     * @param decoder loaded when first needed, and not closed here
     * @param layers the layers that are masked, in order
     * @param calibration the calibration sequences
     * @param seed of the order of the text
     * @param effort receives what it costs
     */
    public MaskTraining(
            Supplier<ComponentDecoder> decoder,
            Backend backend,
            List<Layer> layers,
            List<int[]> calibration,
            long seed,
            Effort effort,
            Progress progress) {
        this.decoder = decoder;
        this.backend = backend;
        this.layers = List.copyOf(layers);
        this.calibration = List.copyOf(calibration);
        this.seed = seed;
        this.effort = effort;
        this.progress = progress;
    }

    @Override
    public MaskGradient evaluate(List<float[]> masks, Batch batch) {
        if (batch.step() < 0 || batch.sequences() < 1 || batch.length() < 2) {
            throw new IllegalArgumentException(batch + " is no text");
        }
        List<int[]> text = orders.computeIfAbsent(batch.length(), length -> new TextOrder(calibration, length, seed))
                .at((long) batch.step() * batch.sequences(), batch.sequences());
        long tokens = (long) batch.sequences() * batch.length();
        double predicted = (double) batch.sequences() * (batch.length() - 1);
        decoder.get().use(masks);
        try (Progress.Step step = progress.begin("mask step " + (batch.step() + 1), tokens, "tokens");
                ComponentSums sums = new ComponentSums(backend, layers)) {
            double logProbability = SequencePasses.run(decoder.get(), text, pass -> {
                step.advance(pass.packing().tokens());
                return sums.observer(pass.packing());
            });
            effort.trained(tokens);
            List<double[]> gradients = sums.values().stream()
                    .map(values -> mean(values.products(), predicted))
                    .toList();
            return new MaskGradient(-logProbability / predicted, gradients);
        }
    }

    private static double[] mean(double[] sums, double count) {
        double[] means = new double[sums.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = sums[i] / count;
        }
        return means;
    }
}
