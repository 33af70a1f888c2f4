package org.rankgrid.testkit;

import java.util.List;
import java.util.stream.IntStream;
import org.rankgrid.spi.allocate.ComponentGradient;
import org.rankgrid.spi.allocate.Gradients;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/**
 * Derivatives of the loss of a {@link SyntheticModel}, on sixteen sequences of eight tokens; passes are counted. Fisher
 * information equals curvature, as it does for a model that has learnt its text: with T tokens, the gradient of the summed
 * loss of sequence s with respect to mask ij is
 *
 * <pre>
 *   T (slope of Q_i) h_ij (mask_ij - 1) + sqrt(T h_ij) e_sij
 * </pre>
 *
 * with signs e that cancel between sequences 2 s and 2 s + 1. At the dense model all scores of components are proportional to
 * h: those by sequence and by token, and the product of the squared values (the spectrum) and the squared gradients.
 */
public final class SyntheticGradients implements Gradients {

    private static final int SEQUENCES = 16;
    private static final int TOKENS = 8;

    private final SyntheticModel model;
    private final List<double[]> spectra;
    private int calls;

    /** Gradients of a model whose layers have these spectra. */
    SyntheticGradients(SyntheticModel model, List<double[]> spectra) {
        this.model = model;
        this.spectra = spectra;
    }

    /** How many passes were asked for. */
    public int calls() {
        return calls;
    }

    @Override
    public int sequences() {
        return SEQUENCES;
    }

    @Override
    public double[] outputFisher(int first, int count) {
        List<ComponentGradient> dense = components(RankPlan.dense(model.layers()), first, count);
        double[] weights = new double[dense.size()];
        for (int i = 0; i < weights.length; i++) {
            double sum = 0;
            for (double square : dense.get(i).gradientSquares()) {
                sum += square;
            }
            weights[i] = sum / dense.get(i).tokens() / model.layers().get(i).rows();
        }
        return weights;
    }

    @Override
    public List<ComponentGradient> components(RankPlan plan, int first, int count) {
        if (first < 0 || count < 1 || count > SEQUENCES) {
            throw new IllegalArgumentException(
                    count + " sequences from " + first + " on asked for, there are " + SEQUENCES);
        }
        calls++;
        double[][] slopes = IntStream.range(first, first + count)
                .mapToObj(s -> model.slopes(plan, s % SEQUENCES))
                .toArray(double[][]::new);
        return IntStream.range(0, model.layers().size())
                .mapToObj(i -> component(plan, i, first, slopes))
                .toList();
    }

    private ComponentGradient component(RankPlan plan, int i, int first, double[][] slopes) {
        Layer layer = model.layers().get(i);
        int k = layer.fullRank();
        double[] h = model.curvatures(i);
        double[] products = new double[k];
        double[] bySequence = new double[k];
        double[] byToken = new double[k];
        double[] values = new double[k];
        double[] gradients = new double[k];
        int kept = plan.isDense(i) ? k : plan.rank(i);
        for (int s = 0; s < slopes.length; s++) {
            for (int j = 0; j < k; j++) {
                double noise = Math.sqrt(TOKENS * h[j]) * SyntheticModel.pairedSign((first + s) % SEQUENCES, i, j);
                double product = noise - (j < kept ? 0 : TOKENS * slopes[s][i] * h[j]);
                products[j] += product;
                bySequence[j] += product * product;
                // Each token has its share of the product, and plus or minus sqrt(h) by turns.
                byToken[j] += product * product / TOKENS + TOKENS * h[j];
                double lambda = spectra.get(i)[j];
                values[j] += TOKENS * lambda;
                gradients[j] += lambda == 0 ? 0 : TOKENS * h[j] * slopes[s][i] * slopes[s][i] / lambda;
            }
        }
        return new ComponentGradient(
                (long) slopes.length * TOKENS, slopes.length, products, bySequence, byToken, values, gradients);
    }
}
