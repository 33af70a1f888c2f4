package org.rankgrid.allocators.masks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.rankgrid.numerics.AdamW;
import org.rankgrid.spi.allocate.MaskObjective;
import org.rankgrid.spi.allocate.MaskObjective.Batch;
import org.rankgrid.spi.allocate.MaskObjective.MaskGradient;
import org.rankgrid.spi.rank.RankWish;

/**
 * Trains the parameters of masks by AdamW without weight decay on the loss of the model plus penalties on the expected
 * ranks; the model's weights are frozen.
 */
public final class MaskTraining {

    /**
     * How to train.
     *
     * @param steps updates
     * @param batch pieces of text a step
     * @param length tokens of a piece
     * @param learningRate of AdamW
     * @param perplexity whether the model's loss is exp(nll), not the nll itself
     */
    public record Settings(int steps, int batch, int length, double learningRate, boolean perplexity) {}

    /**
     * What came out.
     *
     * @param ranks expected ranks, one a layer
     * @param curve values by step, by name: {@code nll}, {@code dense} (layers at or past break-even), and the penalty's
     */
    public record Trained(double[] ranks, SequencedMap<String, List<Double>> curve) {

        /** The wish for these ranks scaled to a size, with what is worth recording. */
        public RankWish wish(ExpectedSize size, double[] scaled) {
            return new RankWish(scaled)
                    .with("curve", curve)
                    .with("raw_size", size.share(ranks))
                    .with("expected_ranks", RecordedRanks.of(size.layers(), ranks))
                    .with("scaled_ranks", RecordedRanks.of(size.layers(), scaled));
        }
    }

    private final MaskObjective objective;
    private final ExpectedSize size;
    private final Penalty penalty;
    private final Settings settings;

    /** A training. */
    public MaskTraining(MaskObjective objective, ExpectedSize size, Penalty penalty, Settings settings) {
        this.objective = objective;
        this.size = size;
        this.penalty = penalty;
        this.settings = settings;
    }

    /**
     * Trains.
     *
     * @param masks one a layer
     * @param parameters what they start from, one array a layer; trained in place
     * @throws ArithmeticException if the loss or a gradient is not finite
     */
    public Trained run(List<? extends RankMask> masks, List<double[]> parameters) {
        SequencedMap<String, List<Double>> curve = new LinkedHashMap<>();
        AdamW.Settings optimisation = AdamW.Settings.of(settings.learningRate());
        List<AdamW> optimisers = parameters.stream()
                .map(values -> new AdamW(values.length, optimisation))
                .toList();
        for (int step = 0; step < settings.steps(); step++) {
            double[] ranks = ranks(masks, parameters);
            Penalty.Terms terms = penalty.at(ranks);
            List<float[]> forward = new ArrayList<>();
            for (int i = 0; i < masks.size(); i++) {
                forward.add(masks.get(i).forward(parameters.get(i)));
            }
            MaskGradient loss = objective.evaluate(forward, new Batch(step, settings.batch(), settings.length()));
            double scale = settings.perplexity() ? StrictMath.exp(loss.nll()) : 1;
            if (!Double.isFinite(loss.nll()) || !Double.isFinite(scale)) {
                throw new ArithmeticException("the loss at step " + step + " of the mask training is " + loss.nll());
            }
            record(curve, "nll", loss.nll());
            record(curve, "dense", size.denseLayers(ranks));
            for (Map.Entry<String, Double> value : terms.curve().entrySet()) {
                record(curve, value.getKey(), value.getValue());
            }
            for (int i = 0; i < masks.size(); i++) {
                double[] gradient = scaled(loss.gradients().get(i), scale, i, step);
                optimisers
                        .get(i)
                        .step(
                                parameters.get(i),
                                masks.get(i).pullBack(parameters.get(i), gradient, terms.gradient()[i]));
            }
        }
        return new Trained(ranks(masks, parameters), curve);
    }

    private double[] scaled(double[] gradient, double scale, int i, int step) {
        double[] scaled = new double[gradient.length];
        for (int j = 0; j < scaled.length; j++) {
            scaled[j] = scale * gradient[j];
            if (!Double.isFinite(scaled[j])) {
                throw new ArithmeticException("the gradient of component " + j + " of "
                        + size.layers().get(i).key() + " at step " + step + " of the mask training is " + scaled[j]);
            }
        }
        return scaled;
    }

    private static double[] ranks(List<? extends RankMask> masks, List<double[]> parameters) {
        double[] ranks = new double[masks.size()];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = masks.get(i).rank(parameters.get(i));
        }
        return ranks;
    }

    private static void record(SequencedMap<String, List<Double>> curve, String name, double value) {
        curve.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }
}
