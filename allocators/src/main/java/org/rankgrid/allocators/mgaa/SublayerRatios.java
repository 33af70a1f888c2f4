package org.rankgrid.allocators.mgaa;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.rankgrid.spi.InputException;

/**
 * The share of its parameters that each sublayer loses: the target, tilted by similarity, corrected to the target and kept
 * in range (ALGORITHMS A.1). A sublayer that changes the residual stream little, whose similarity is high, loses more.
 */
final class SublayerRatios {

    /** A gap to the target below this share of all parameters is rounding. */
    private static final double NO_GAP = 1e-12;

    /**
     * What the formulas leave open.
     *
     * @param alpha how strongly similarity tilts the ratios
     * @param perType z-scores of attention and feed-forward networks apart
     * @param robust z-scores by median and MAD
     * @param correction how the target is met
     * @param beta feed-forward parameters over attention parameters as the correction FFN sees them; 0 for the true ones
     * @param largest no sublayer loses more
     */
    record Rule(double alpha, boolean perType, boolean robust, Correction correction, double beta, double largest) {}

    private final double target;
    private final List<SublayerLayers> sublayers;
    private final Rule rule;
    private final double[] ratios;

    private SublayerRatios(double target, List<SublayerLayers> sublayers, Rule rule) {
        this.target = target;
        this.sublayers = sublayers;
        this.rule = rule;
        this.ratios = new double[sublayers.size()];
    }

    /**
     * The ratios.
     *
     * @param target the share of all parameters to be removed
     * @param similarities one a sublayer, finite
     * @return one a sublayer, from 0 (left dense) to the largest allowed
     * @throws InputException if the correction cannot work for this model or this alpha
     */
    static double[] of(double target, List<SublayerLayers> sublayers, double[] similarities, Rule rule) {
        if (target == 0) {
            return new double[sublayers.size()];
        }
        SublayerRatios result = new SublayerRatios(target, sublayers, rule);
        result.tilt(similarities);
        result.correct();
        result.bringInRange();
        return result.ratios;
    }

    /** r = target (1 + alpha z). */
    private void tilt(double[] similarities) {
        if (rule.perType()) {
            tilt(similarities, i -> sublayers.get(i).feedForward());
            tilt(similarities, i -> !sublayers.get(i).feedForward());
        } else {
            tilt(similarities, i -> true);
        }
    }

    private void tilt(double[] similarities, IntPredicate inGroup) {
        int[] group = IntStream.range(0, ratios.length).filter(inGroup).toArray();
        double[] values = Arrays.stream(group).mapToDouble(i -> similarities[i]).toArray();
        double[] scores = rule.robust() ? ZScores.robust(values) : ZScores.standard(values);
        for (int j = 0; j < group.length; j++) {
            ratios[group[j]] = target * (1 + rule.alpha() * scores[j]);
        }
    }

    private void correct() {
        switch (rule.correction()) {
            case SHIFT -> add(gap() / parameters(i -> true), i -> true);
            case SCALE -> scale();
            case FFN -> add(feedForwardShift(), i -> sublayers.get(i).feedForward());
        }
    }

    private void scale() {
        double removed = removed(i -> true);
        if (!(removed > 0)) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "mgaa: with alpha %s the tilted ratios average %.4f before correction, which correction 'scale' cannot"
                            + " bring to %s: use a smaller alpha or correction 'shift'.",
                    rule.alpha(),
                    removed / parameters(i -> true),
                    target));
        }
        double factor = target * parameters(i -> true) / removed;
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] *= factor;
        }
    }

    /** delta = (target (1 + beta) - mean r of attention - beta mean r of feed-forward) / beta, means by parameters. */
    private double feedForwardShift() {
        double feedForward = parameters(i -> sublayers.get(i).feedForward());
        double attention = parameters(i -> !sublayers.get(i).feedForward());
        if (feedForward == 0) {
            throw new InputException(
                    "mgaa: correction 'ffn' needs feed-forward layers to compress, and this grid leaves none: "
                            + "use correction 'shift' or 'scale'.");
        }
        double meanFeedForward = removed(i -> sublayers.get(i).feedForward()) / feedForward;
        if (attention == 0) {
            return target - meanFeedForward;
        }
        double meanAttention = removed(i -> !sublayers.get(i).feedForward()) / attention;
        double beta = rule.beta() == 0 ? feedForward / attention : rule.beta();
        return (target * (1 + beta) - meanAttention - beta * meanFeedForward) / beta;
    }

    /** Clips, and spreads what that leaves over those strictly inside the range, until nothing or nobody is left. */
    private void bringInRange() {
        clip();
        for (int round = 0; round < ratios.length && Math.abs(gap()) > NO_GAP * parameters(i -> true); round++) {
            IntPredicate inside = insideNow();
            double parameters = parameters(inside);
            if (parameters == 0) {
                return;
            }
            add(gap() / parameters, inside);
            clip();
        }
    }

    private void clip() {
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = Math.clamp(ratios[i], 0, rule.largest());
        }
    }

    private IntPredicate insideNow() {
        boolean[] inside = new boolean[ratios.length];
        for (int i = 0; i < ratios.length; i++) {
            inside[i] = ratios[i] > 0 && ratios[i] < rule.largest();
        }
        return i -> inside[i];
    }

    private void add(double amount, IntPredicate chosen) {
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] += chosen.test(i) ? amount : 0;
        }
    }

    /** Parameters still to be removed; negative if too many are. */
    private double gap() {
        return target * parameters(i -> true) - removed(i -> true);
    }

    private double removed(IntPredicate chosen) {
        double sum = 0;
        for (int i = 0; i < ratios.length; i++) {
            sum += chosen.test(i) ? sublayers.get(i).parameters() * ratios[i] : 0;
        }
        return sum;
    }

    private double parameters(IntPredicate chosen) {
        double sum = 0;
        for (int i = 0; i < ratios.length; i++) {
            sum += chosen.test(i) ? sublayers.get(i).parameters() : 0;
        }
        return sum;
    }
}
