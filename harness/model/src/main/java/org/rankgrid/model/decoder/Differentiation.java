package org.rankgrid.model.decoder;

import java.util.ArrayList;
import java.util.List;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;

/**
 * Ways through a decoder and back, from the loss of a packed batch to the gradients an observer asks for. The stream before
 * every block and what its attention mixed are kept; whatever else a block computes is computed again on the way back. The
 * memory is kept from batch to batch.
 */
final class Differentiation implements AutoCloseable {

    private final Decoder decoder;
    private final Backend backend;
    private final int tokens;
    private final boolean watched;
    private final Scope scope;
    /** Before every block and after the last. */
    private final List<Tensor> streams = new ArrayList<>();
    /** What the attention of every block mixed: little memory for what it costs to compute. */
    private final List<Tensor> mixed = new ArrayList<>();

    private final Tensor gradient;
    private final Activations at;
    private final BlockGradients d;

    /**
     * Memory for batches of one size.
     *
     * @param tokens of a batch
     * @param watched whether observers want components
     */
    Differentiation(Decoder decoder, Backend backend, int tokens, boolean watched) {
        this.decoder = decoder;
        this.backend = backend;
        this.tokens = tokens;
        this.watched = watched;
        scope = backend.scope();
        try {
            DecoderSpec spec = decoder.spec();
            for (int block = 0; block <= spec.blocks(); block++) {
                streams.add(scope.tensor(tokens, spec.hidden()));
            }
            for (int block = 0; block < spec.blocks(); block++) {
                mixed.add(scope.tensor(tokens, spec.attention().queryFeatures()));
            }
            gradient = scope.tensor(tokens, spec.hidden());
            at = Activations.complete(spec, tokens, scope, watched);
            d = new BlockGradients(spec, tokens, scope);
        } catch (RuntimeException | Error e) {
            scope.close();
            throw e;
        }
    }

    /** Whether it is made for such a batch and observer. */
    boolean fits(PackedSequences batch, GradientObserver observer) {
        return batch.tokens() == tokens && observer.wantsComponents() == watched;
    }

    /** See {@link ComponentDecoder#differentiate}. */
    double[] run(int[] ids, PackedSequences batch, double weight, GradientObserver observer) {
        decoder.embed(ids, batch, streams.getFirst());
        int blocks = decoder.spec().blocks();
        for (int block = 0; block < blocks; block++) {
            decoder.forward(block, streams.get(block), streams.get(block + 1), mixed.get(block), batch);
        }
        double[] logProbabilities = loss(ids, batch, weight);
        for (int block = blocks - 1; block >= 0; block--) {
            decoder.backward(block, streams.get(block), mixed.get(block), gradient, batch, at, d, observer);
        }
        requireFinite(batch);
        observer.embedding(gradient);
        return logProbabilities;
    }

    /** The log-probability of every token but the first of each sequence, and the gradient of the last stream. */
    private double[] loss(int[] ids, PackedSequences batch, double weight) {
        int[] rows = new int[batch.tokens() - batch.count()];
        int[] targets = new int[rows.length];
        int asked = 0;
        for (int s = 0; s < batch.count(); s++) {
            for (int row = batch.start(s); row < batch.end(s) - 1; row++) {
                rows[asked] = row;
                targets[asked] = ids[row + 1];
                asked++;
            }
        }
        double[] logProbabilities = new double[rows.length];
        Tensor last = streams.getLast();
        try (Scope finished = backend.scope()) {
            Tensor hidden = decoder.finish(last, finished);
            backend.backward()
                    .logProbabilities(
                            hidden,
                            rows,
                            targets,
                            weight,
                            decoder.head(),
                            decoder.spec().finalSoftCap(),
                            logProbabilities,
                            gradient);
        }
        requireFinite(logProbabilities, rows, batch);
        decoder.finalNorm().backward(backend.backward(), last, gradient, gradient);
        return logProbabilities;
    }

    private static void requireFinite(double[] logProbabilities, int[] rows, PackedSequences batch) {
        for (int i = 0; i < rows.length; i++) {
            if (!Double.isFinite(logProbabilities[i])) {
                throw new NonFiniteLossException("the loss is not finite: " + place(rows[i], batch)
                        + " has a logit that is no number, so the model has broken down there");
            }
        }
    }

    private void requireFinite(PackedSequences batch) {
        int width = gradient.columns();
        float[] values = new float[width];
        for (int row = 0; row < batch.tokens(); row++) {
            backend.download(gradient, row, 1, values);
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    throw new NonFiniteLossException("the gradient of the loss is not finite at " + place(row, batch)
                            + ", although the loss is: some activation or weight overflows on the way back");
                }
            }
        }
    }

    private static String place(int row, PackedSequences batch) {
        int s = 0;
        while (row >= batch.end(s)) {
            s++;
        }
        return "position " + (row - batch.start(s)) + " of sequence " + s + " of " + batch.count();
    }

    @Override
    public void close() {
        scope.close();
    }
}
