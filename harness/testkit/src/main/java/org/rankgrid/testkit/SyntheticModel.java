package org.rankgrid.testkit;

import java.util.List;
import java.util.stream.IntStream;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.testkit.SyntheticStatistics.Kind;

/**
 * A made-up differentiable model whose loss is known in closed form. With Q_i = 1/2 sum over components j of
 * h_ij (1 - mask_ij)^2 and D_b the sum of Q_i over the layers of block b, the mean loss of a token is
 *
 * <pre>
 *   L = 2 + sum over b of (D_b + c_b D_b^2)
 * </pre>
 *
 * and that of a piece of text s is L + 0.1 e_s + 0.3 sum over i of e_si Q_i with signs e that cancel between pieces 2 s and
 * 2 s + 1. The curvatures h fall by a power of the index that differs between layers, so that there is something to gain by
 * sharing ranks out; c couples the layers of a block and grows with depth, so that the expansion around the dense model is
 * not the whole truth.
 */
public final class SyntheticModel {

    private static final double BASE = 2;
    private static final double TEXT = 0.1;
    private static final double LAYER_BY_TEXT = 0.3;

    private final Kind kind;
    private final List<Layer> layers;
    private final double[][] curvatures;

    /** A model with these layers. */
    SyntheticModel(List<Layer> layers, Kind kind) {
        this.kind = kind;
        this.layers = List.copyOf(layers);
        this.curvatures = IntStream.range(0, layers.size())
                .mapToObj(i -> curvatures(i, layers.get(i), kind))
                .toArray(double[][]::new);
    }

    private static double[] curvatures(int i, Layer layer, Kind kind) {
        double[] h = new double[layer.fullRank()];
        double power = 0.5 + 0.3 * (i % 5);
        double sum = 0;
        for (int j = 0; j < h.length; j++) {
            h[j] = switch (kind) {
                case REALISTIC -> Math.pow(j + 1, -power) * (1 + 0.2 * sign(i, j));
                case TIED -> 0.01;
                case ZERO -> 0;
            };
            sum += h[j];
        }
        if (kind == Kind.REALISTIC) {
            double whole = 0.05 * (1 + 2 * (i % 3) + i % 7 % 4);
            for (int j = 0; j < h.length; j++) {
                h[j] *= 2 * whole / sum;
            }
        }
        return h;
    }

    /** The layers. */
    public List<Layer> layers() {
        return layers;
    }

    /** Curvature of the loss along each component of layer i around the dense model: a copy. */
    public double[] curvatures(int i) {
        return curvatures[i].clone();
    }

    /** The mean loss of a token under a plan, in nats. */
    public double loss(RankPlan plan) {
        return BASE + damage(tails(plan));
    }

    /** The loss of a piece of text under a plan. */
    double loss(RankPlan plan, int text) {
        double[] tails = tails(plan);
        return BASE + TEXT * textSign(text) + damage(tails) + byText(tails, text);
    }

    /** The loss of a piece of text under the dense model. */
    double denseLoss(int text) {
        return BASE + TEXT * textSign(text);
    }

    /** The mean loss of a token at masks, one a layer, in nats. */
    public double loss(List<float[]> masks) {
        return BASE + damage(tails(masks));
    }

    /** The loss of a piece of text at masks. */
    double loss(List<float[]> masks, int text) {
        double[] tails = tails(masks);
        return BASE + TEXT * textSign(text) + damage(tails) + byText(tails, text);
    }

    /** Derivatives of the loss of a piece of text with respect to the masks. */
    List<double[]> gradients(List<float[]> masks, int text) {
        double[] slopes = slopes(tails(masks), text);
        return IntStream.range(0, layers.size())
                .mapToObj(i -> IntStream.range(0, curvatures[i].length)
                        .mapToDouble(j -> -slopes[i] * curvatures[i][j] * (1 - masks.get(i)[j]))
                        .toArray())
                .toList();
    }

    /** How much the loss of a piece of text rises with Q_i, for every layer i under a plan. */
    double[] slopes(RankPlan plan, int text) {
        return slopes(tails(plan), text);
    }

    /** +1 or -1, or 0 where everything ties; the opposite for the other text of a pair. */
    private double textSign(int text) {
        return kind == Kind.REALISTIC ? pairedSign(text, -1, -1) : 0;
    }

    private double layerSign(int text, int i) {
        return kind == Kind.REALISTIC ? pairedSign(text, i, -1) : 0;
    }

    /** A sign that looks random, the opposite for the other text of a pair. */
    static double pairedSign(int text, int i, int j) {
        return sign(4096 * (text / 2) + i, j) * (text % 2 == 0 ? 1 : -1);
    }

    private static double sign(int a, int b) {
        long mixed = (a * 0x9E3779B97F4A7C15L) ^ (b * 0xC2B2AE3D27D4EB4FL + 0x165667B19E3779F9L);
        mixed = (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
        return (mixed ^ (mixed >>> 32)) % 2 == 0 ? 1 : -1;
    }

    private double[] slopes(double[] tails, int text) {
        double[] damage = blockDamage(tails);
        return IntStream.range(0, layers.size())
                .mapToDouble(i -> {
                    int block = layers.get(i).block();
                    return 1 + 2 * coupling(block) * damage[block] + LAYER_BY_TEXT * layerSign(text, i);
                })
                .toArray();
    }

    private double byText(double[] tails, int text) {
        double sum = 0;
        for (int i = 0; i < tails.length; i++) {
            sum += LAYER_BY_TEXT * layerSign(text, i) * tails[i];
        }
        return sum;
    }

    private double damage(double[] tails) {
        double[] damage = blockDamage(tails);
        double sum = 0;
        for (int block = 0; block < damage.length; block++) {
            sum += damage[block] * (1 + coupling(block) * damage[block]);
        }
        return sum;
    }

    private double coupling(int block) {
        return kind == Kind.REALISTIC ? 0.5 * (block + 1) : 0;
    }

    private double[] blockDamage(double[] tails) {
        double[] damage =
                new double[layers.stream().mapToInt(Layer::block).max().orElse(-1) + 1];
        for (int i = 0; i < tails.length; i++) {
            damage[layers.get(i).block()] += tails[i];
        }
        return damage;
    }

    private double[] tails(RankPlan plan) {
        double[] tails = new double[layers.size()];
        for (int i = 0; i < tails.length; i++) {
            for (int j = plan.isDense(i) ? curvatures[i].length : plan.rank(i); j < curvatures[i].length; j++) {
                tails[i] += curvatures[i][j] / 2;
            }
        }
        return tails;
    }

    private double[] tails(List<float[]> masks) {
        double[] tails = new double[layers.size()];
        for (int i = 0; i < tails.length; i++) {
            float[] mask = masks.get(i);
            if (mask.length != curvatures[i].length) {
                throw new IllegalArgumentException("the mask of "
                        + layers.get(i).key() + " has " + mask.length + " values, not " + curvatures[i].length);
            }
            for (int j = 0; j < mask.length; j++) {
                if (!Float.isFinite(mask[j])) {
                    throw new IllegalArgumentException(
                            "value " + j + " of the mask of " + layers.get(i).key() + " is " + mask[j]);
                }
                double missing = 1 - mask[j];
                tails[i] += curvatures[i][j] * missing * missing / 2;
            }
        }
        return tails;
    }
}
