package org.rankgrid.engine.run;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rankgrid.model.decoder.DecoderSpec;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.Role;
import org.rankgrid.spi.rank.Sublayer;

/**
 * What the work on a model costs, counted: a multiply and an add are two operations. Only matrix products, attention, Gram
 * updates and decompositions are counted; all else is small beside them.
 */
final class Price {

    /** Operations of a symmetric eigen-decomposition with vectors are about this times n cubed (dsyevd). */
    private static final double EIGEN = 9;

    private final DecoderSpec spec;
    private final List<Layer> layers;

    Price(DecoderSpec spec, List<Layer> layers) {
        this.spec = spec;
        this.layers = layers;
    }

    /** Multiply-accumulates of linear layers and head for one token under a plan. */
    static long macsPerToken(DecoderSpec spec, long linearParameters) {
        return linearParameters + (long) spec.vocabulary() * spec.hidden();
    }

    /**
     * The work of scoring tokens.
     *
     * @param linearParameters of the linear layers as they are
     * @param tokens that go through the blocks
     * @param predicted tokens that are predicted, each of which meets the whole vocabulary
     * @param length tokens of a sequence
     */
    List<Work> scoring(long linearParameters, long tokens, long predicted, int length) {
        Work.Kind blocks = linearParameters < dense() ? Work.Kind.FACTORED_BLOCKS : Work.Kind.DENSE_BLOCKS;
        return List.of(
                new Work(blocks, length, forward((double) linearParameters, (double) tokens, length)),
                new Work(Work.Kind.HEAD, 0, head((double) predicted)));
    }

    /** The work of a calibration pass. */
    Work calibration(long tokens, int length) {
        double grams = 0;
        for (Layer layer : distinctInputs()) {
            grams += (double) layer.columns() * (layer.columns() + 1);
        }
        return new Work(
                Work.Kind.CALIBRATED_BLOCKS,
                length,
                forward((double) dense(), (double) tokens, length) + tokens * grams);
    }

    /**
     * The work of trials, one sequence at a time.
     *
     * @param linearParameters of the linear layers, on average
     * @param tokens that go through all blocks
     * @param predicted rows that meet the vocabulary
     */
    List<Work> trials(double linearParameters, double tokens, double predicted, int length) {
        return List.of(
                new Work(Work.Kind.TRIED_BLOCKS, length, forward(linearParameters, tokens, length)),
                new Work(Work.Kind.HEAD, 0, head(predicted)));
    }

    /**
     * Operations of passes forward and backward: three passes forward, and where components are watched all of them there and
     * back.
     */
    double training(double tokens, int length, boolean components) {
        double more = 0;
        for (Layer layer : layers) {
            more += components ? 4.0 * layer.fullRank() * layer.costOfRank() : 0;
        }
        return 3 * (forward((double) dense(), tokens, length) + head(tokens)) + tokens * more;
    }

    /** Operations of the linear layers and of attention. */
    double forward(double linearParameters, double tokens, int length) {
        return tokens * (2 * linearParameters + attention(length));
    }

    /** Operations of rows that meet the vocabulary. */
    double head(double rows) {
        return rows * 2 * spec.vocabulary() * spec.hidden();
    }

    /** The work of decomposing all layers. */
    Work decomposition() {
        return new Work(
                Work.Kind.DECOMPOSITION,
                0,
                layers.stream().mapToDouble(Price::decomposition).sum());
    }

    /** Operations to decompose a layer. */
    static double decomposition(Layer layer) {
        double m = layer.rows();
        double n = layer.columns();
        double k = layer.fullRank();
        return 2 * m * n * n + 2 * k * m * n + 2 * k * m * n + EIGEN * k * k * k;
    }

    /** Bytes of cache 1. */
    long calibrationBytes(int groups) {
        long bytes = 0;
        for (Layer layer : distinctInputs()) {
            long n = layer.columns();
            bytes += Double.BYTES * (n * (n + 1) / 2 + groups * (n + 1) + n);
        }
        return bytes;
    }

    /** Bytes of cache 2 for one factorization. */
    long decompositionBytes() {
        long bytes = 0;
        for (Layer layer : layers) {
            bytes += (long) layer.fullRank() * (Float.BYTES * layer.costOfRank() + Double.BYTES);
        }
        return bytes;
    }

    /**
     * Bytes held at once while scoring: the weights and the activations of a pass.
     *
     * @param modelParameters of the whole model
     * @param tokens of a pass
     */
    long scoringBytes(long modelParameters, long tokens) {
        long perToken = 6L * spec.hidden() + 2L * spec.feedForward().inner();
        return Float.BYTES * (modelParameters + tokens * perToken);
    }

    /** Bytes of the residual stream while all calibration tokens pass a block, and of a block's moments. */
    long calibrationMemory(long tokens, long modelParameters) {
        long gramOfBlock = 0;
        for (Layer layer : distinctInputs()) {
            gramOfBlock += layer.block() == 0 ? Double.BYTES * (long) layer.columns() * layer.columns() : 0;
        }
        return Float.BYTES * (tokens * spec.hidden() + modelParameters / spec.blocks()) + gramOfBlock;
    }

    /** Parameters of the linear layers without compression. */
    long dense() {
        return RankPlan.dense(layers).parameters();
    }

    private double attention(int window) {
        double seen = (window + 1) / 2.0;
        return 4.0 * spec.attention().queryFeatures() * seen * spec.blocks();
    }

    /** One layer for each distinct input: q, k and v share one, gate and up share one. */
    private List<Layer> distinctInputs() {
        Set<String> seen = new HashSet<>();
        return layers.stream()
                .filter(layer -> seen.add(layer.block() + " " + inputOf(layer.role())))
                .toList();
    }

    private static String inputOf(Role role) {
        return switch (role) {
            case O, DOWN -> role.name();
            case Q, K, V, GATE, UP -> role.sublayer() == Sublayer.ATTENTION ? "attention" : "feed-forward";
        };
    }
}
