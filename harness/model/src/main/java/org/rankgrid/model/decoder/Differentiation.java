package org.rankgrid.model.decoder;

import java.util.ArrayList;
import java.util.List;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;

/**
 * One way through a decoder and back, from the loss of a packed batch to the gradients an observer asks for. The stream
 * before every block is kept; whatever else a block computes is computed again on the way back.
 */
record Differentiation(Decoder decoder, Backend backend, PackedSequences batch) {

    /** See {@link ComponentDecoder#differentiate}. */
    double[] run(int[] ids, double weight, GradientObserver observer) {
        try (Scope scope = backend.scope()) {
            List<Tensor> streams = forward(ids, scope);
            Tensor last = streams.removeLast();
            Tensor gradient = scope.tensor(batch.tokens(), decoder.spec().hidden());
            double[] logProbabilities = loss(ids, weight, last, gradient);
            backward(streams, gradient, observer);
            requireFinite(gradient);
            observer.embedding(gradient);
            return logProbabilities;
        }
    }

    /** The stream before every block and after the last. */
    private List<Tensor> forward(int[] ids, Scope scope) {
        List<Tensor> streams = new ArrayList<>();
        Tensor stream = scope.tensor(batch.tokens(), decoder.spec().hidden());
        decoder.embed(ids, batch, stream);
        streams.add(stream);
        for (int block = 0; block < decoder.spec().blocks(); block++) {
            Tensor next = scope.tensor(batch.tokens(), decoder.spec().hidden());
            decoder.forward(block, streams.getLast(), next, batch);
            streams.add(next);
        }
        return streams;
    }

    /** The log-probability of every token but the first of each sequence, and the gradient of the last stream. */
    private double[] loss(int[] ids, double weight, Tensor last, Tensor gradient) {
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
        try (Scope scope = backend.scope()) {
            Tensor hidden = decoder.finish(last, scope);
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
        requireFinite(logProbabilities, rows);
        decoder.finalNorm().backward(backend.backward(), last, gradient, gradient);
        return logProbabilities;
    }

    private void backward(List<Tensor> streams, Tensor gradient, GradientObserver observer) {
        DecoderSpec spec = decoder.spec();
        try (Activations at = Activations.complete(spec, batch.tokens(), backend.scope());
                BlockGradients d = new BlockGradients(spec, batch.tokens(), backend.scope())) {
            for (int block = spec.blocks() - 1; block >= 0; block--) {
                decoder.backward(block, streams.get(block), gradient, batch, at, d, observer);
            }
        }
    }

    private void requireFinite(double[] logProbabilities, int[] rows) {
        for (int i = 0; i < rows.length; i++) {
            if (!Double.isFinite(logProbabilities[i])) {
                throw new NonFiniteLossException("the loss is not finite: " + place(rows[i])
                        + " has a logit that is no number, so the model has broken down there");
            }
        }
    }

    private void requireFinite(Tensor gradient) {
        int width = gradient.columns();
        float[] values = new float[width];
        for (int row = 0; row < batch.tokens(); row++) {
            backend.download(gradient, row, 1, values);
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    throw new NonFiniteLossException("the gradient of the loss is not finite at " + place(row)
                            + ", although the loss is: some activation or weight overflows on the way back");
                }
            }
        }
    }

    private String place(int row) {
        int s = 0;
        while (row >= batch.end(s)) {
            s++;
        }
        return "position " + (row - batch.start(s)) + " of sequence " + s + " of " + batch.count();
    }
}
