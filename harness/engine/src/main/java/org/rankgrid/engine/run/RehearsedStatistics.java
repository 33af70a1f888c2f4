package org.rankgrid.engine.run;

import java.util.ArrayList;
import java.util.List;
import org.rankgrid.spi.allocate.BlockSimilarity;
import org.rankgrid.spi.allocate.ComponentGradient;
import org.rankgrid.spi.allocate.Gradients;
import org.rankgrid.spi.allocate.MaskObjective;
import org.rankgrid.spi.allocate.Similarity;
import org.rankgrid.spi.allocate.Statistics;
import org.rankgrid.spi.allocate.Trial;
import org.rankgrid.spi.allocate.Trials;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.Sublayer;

/**
 * Made-up numbers of the right shapes and of plausible courses, for an allocator that is only watched: spectra fall, deeper
 * blocks change the stream less, and a plan is the worse the less it keeps.
 */
final class RehearsedStatistics implements Statistics {

    /** A challenge is not decided on fewer sequences, and most are lost on them. */
    private static final int FEWEST = 4;

    /** One challenge in so many is won, which takes all sequences. */
    private static final int ONE_IN = 5;

    /** Of the hash by Fowler, Noll and Vo. */
    private static final int FNV_PRIME = 0x01000193;

    private static final double NARROWLY = 1e-3;

    private final List<Layer> layers;
    private final RankPlan start;
    private final AskedQuestions asked;

    /**
     * Numbers for one allocation.
     *
     * @param start the plan to start from
     * @param asked receives what is asked for
     */
    RehearsedStatistics(List<Layer> layers, RankPlan start, AskedQuestions asked) {
        this.layers = layers;
        this.start = start;
        this.asked = asked;
    }

    @Override
    public double[] spectrum(int layer) {
        return falling(layers.get(layer).fullRank(), 1 + 0.2 * Math.sin(layer));
    }

    @Override
    public Similarity sublayer(int block, Sublayer sublayer) {
        double near = near(block);
        return new Similarity(near, near / 10, Math.acos(near) / Math.PI);
    }

    @Override
    public BlockSimilarity block(int block) {
        return new BlockSimilarity(near(block), Math.acos(near(block)) / Math.PI);
    }

    @Override
    public RankPlan start() {
        return start;
    }

    @Override
    public Gradients gradients() {
        return new Gradients() {
            @Override
            public int sequences() {
                return asked.calibration().sequences();
            }

            @Override
            public double[] outputFisher(int first, int count) {
                asked.fisher(first, count);
                return falling(layers.size(), 1);
            }

            @Override
            public List<ComponentGradient> components(RankPlan plan, int first, int count) {
                asked.components(plan, first, count);
                return layers.stream()
                        .map(layer -> componentGradient(layer, count))
                        .toList();
            }
        };
    }

    @Override
    public Trials trials() {
        return new Trials() {
            @Override
            public int sequences() {
                return asked.validation().sequences();
            }

            @Override
            public Trial score(RankPlan plan, int sequences, boolean divergence) {
                asked.trial(plan, sequences, divergence);
                double[] nll = new double[sequences];
                for (int s = 0; s < sequences; s++) {
                    nll[s] = loss(plan, s);
                }
                return new Trial(nll, divergence ? nll.clone() : new double[0], true);
            }

            @Override
            public Trial challenge(RankPlan plan, Trial rival, double standardErrors) {
                double[] held = rival.nll();
                boolean wins = wins(plan);
                int scored = wins ? held.length : Math.min(FEWEST, held.length);
                asked.trial(plan, scored, false);
                double[] nll = new double[scored];
                for (int s = 0; s < scored; s++) {
                    nll[s] = held[s] + (wins ? -NARROWLY : NARROWLY);
                }
                return new Trial(nll, new double[0], scored == held.length);
            }
        };
    }

    /** Whether a plan beats the one that it challenges: no loss that is made up says that as seldom as models do. */
    private boolean wins(RankPlan plan) {
        int mixed = 0;
        for (int i = 0; i < layers.size(); i++) {
            mixed = (mixed ^ plan.rank(i)) * FNV_PRIME;
        }
        return Integer.remainderUnsigned(mixed ^ (mixed >>> 15), ONE_IN) == 0;
    }

    @Override
    public MaskObjective masks() {
        return (masks, batch) -> {
            asked.masks(batch);
            List<double[]> gradients = new ArrayList<>();
            for (Layer layer : layers) {
                double[] gradient = falling(layer.fullRank(), -1e-3);
                gradients.add(gradient);
            }
            return new MaskObjective.MaskGradient(2, gradients);
        };
    }

    private double loss(RankPlan plan, int sequence) {
        double loss = 2;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            double dropped = plan.isDense(i) ? 0 : 1 - (double) plan.rank(i) / layer.fullRank();
            loss += (1 + 0.3 * Math.sin(i))
                    * (1 + 0.1 * Math.sin(sequence * (i + 1.0)))
                    * dropped
                    * dropped
                    / layers.size();
        }
        return loss;
    }

    private double near(int block) {
        return 0.8 + 0.15 * block / (layers.getLast().block() + 1.0);
    }

    private static ComponentGradient componentGradient(Layer layer, int sequences) {
        double[] values = falling(layer.fullRank(), 1);
        return new ComponentGradient(
                sequences * 100L, sequences, falling(layer.fullRank(), -1e-3), values, values, values, values);
    }

    private static double[] falling(int count, double first) {
        double[] values = new double[count];
        for (int k = 0; k < count; k++) {
            values[k] = first * Math.exp(-5.0 * k / count);
        }
        return values;
    }
}
