package org.rankgrid.model.decoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.Linear;
import org.rankgrid.spi.compute.Matrix;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;

/** A whole decoder on a backend. Used by one thread. */
public final class Decoder implements AutoCloseable {

    private final DecoderSpec spec;
    private final Backend backend;
    private final Scope weights;
    private final Workspace workspace;
    private final Embedding embedding;
    private final List<DecoderBlock> blocks = new ArrayList<>();
    private final Norm finalNorm;
    private final Matrix head;

    private Decoder(DecoderWeights source, Backend backend, Scope scope, BlockLinear.Maker maker) {
        this.spec = source.spec();
        this.backend = backend;
        this.weights = scope;
        workspace = new Workspace(spec, backend);
        embedding = Embedding.load(source, backend, scope);
        for (int block = 0; block < spec.blocks(); block++) {
            blocks.add(new DecoderBlock(BlockParts.load(source, block, backend, scope, maker)));
        }
        NormWeights norm = source.finalNorm();
        finalNorm =
                Norm.load(spec.tiedHead() ? unscaled(norm) : norm, spec.norm().epsilon(), scope);
        head = spec.tiedHead() ? embedding.tokens() : scope.pack(source.head());
    }

    /**
     * Puts all weights on a backend.
     *
     * @param backend outlives the decoder
     */
    public static Decoder load(DecoderWeights weights, Backend backend) {
        return load(weights, backend, BlockLinear.Maker.plain(backend));
    }

    /** Puts all weights on a backend, with the linear layers of the blocks run in some other way. */
    static Decoder load(DecoderWeights weights, Backend backend, BlockLinear.Maker maker) {
        Scope scope = backend.scope();
        try {
            return new Decoder(weights, backend, scope, maker);
        } catch (RuntimeException | Error e) {
            scope.close();
            throw e;
        }
    }

    /** The description of the decoder. */
    public DecoderSpec spec() {
        return spec;
    }

    /**
     * What the head reads: the stream after the last block and the final norm, t by hidden.
     *
     * @param ids t of them, sequence after sequence
     * @param scope owns the result
     * @throws org.rankgrid.spi.InputException if an id is not in the vocabulary or a sequence is longer than the model takes
     */
    public Tensor hidden(int[] ids, PackedSequences batch, Scope scope) {
        return hidden(ids, batch, scope, BlockObserver.NONE);
    }

    /** The same as {@link #hidden(int[], PackedSequences, Scope)}, watched. */
    public Tensor hidden(int[] ids, PackedSequences batch, Scope scope, BlockObserver observer) {
        try (Scope streams = backend.scope()) {
            Tensor stream = streams.tensor(batch.tokens(), spec.hidden());
            Tensor next = streams.tensor(batch.tokens(), spec.hidden());
            embedding.forward(ids, batch, stream, workspace);
            for (DecoderBlock block : blocks) {
                block.forward(stream, next, batch, workspace, observer);
                Tensor written = next;
                next = stream;
                stream = written;
            }
            return finish(stream, scope);
        }
    }

    /** Writes the stream before the first block. */
    void embed(int[] ids, PackedSequences batch, Tensor into) {
        embedding.forward(ids, batch, into, workspace);
    }

    /** Runs one block. */
    void forward(int block, Tensor stream, Tensor into, PackedSequences batch) {
        blocks.get(block).forward(stream, into, batch, workspace, BlockObserver.NONE);
    }

    /** Runs one block and keeps what the attention mixed; see {@link DecoderBlock#forward}. */
    void forward(int block, Tensor stream, Tensor into, Tensor mixed, PackedSequences batch) {
        blocks.get(block).forward(stream, into, mixed, batch, workspace, BlockObserver.NONE);
    }

    /** Goes back through one block; see {@link DecoderBlock#backward}. */
    void backward(
            int block,
            Tensor stream,
            Tensor mixed,
            Tensor gradient,
            PackedSequences batch,
            Activations at,
            BlockGradients d,
            GradientObserver observer) {
        blocks.get(block).backward(stream, mixed, gradient, batch, workspace, at, d, observer);
    }

    /** The final norm of a stream, in a tensor of the scope. */
    Tensor finish(Tensor stream, Scope scope) {
        Tensor hidden = scope.tensor(stream.rows(), spec.hidden());
        finalNorm.apply(backend.operations(), stream, hidden);
        return hidden;
    }

    Norm finalNorm() {
        return finalNorm;
    }

    Matrix head() {
        return head;
    }

    /**
     * Log-probabilities of given tokens; the logits of all rows never exist at once.
     *
     * @param hidden from {@link #hidden(int[], PackedSequences, Scope)}
     * @param rows the rows of {@code hidden} that are asked, a row may occur more than once
     * @param targets the token asked at each of them
     * @param logProbabilities receives one natural logarithm each; not a number if a logit of the row is not finite
     * @param best receives the most probable token of each row, the first of equals
     */
    public void logProbabilities(Tensor hidden, int[] rows, int[] targets, double[] logProbabilities, int[] best) {
        backend.operations().logProbabilities(hidden, rows, targets, head, spec.finalSoftCap(), logProbabilities, best);
    }

    /** All logits on the host, t by v, row-major: for tests and small models. */
    public float[] logits(Tensor hidden) {
        float[] values = new float[Math.multiplyExact(hidden.rows(), spec.vocabulary())];
        try (Scope scope = backend.scope()) {
            Tensor logits = scope.tensor(hidden.rows(), spec.vocabulary());
            backend.operations().linear(hidden, new Linear.Dense(head, Optional.empty()), logits);
            backend.download(logits, 0, hidden.rows(), values);
        }
        double cap = spec.finalSoftCap();
        for (int i = 0; cap > 0 && i < values.length; i++) {
            values[i] = (float) (cap * Math.tanh(values[i] / cap));
        }
        return values;
    }

    /** Frees weights and activations. */
    @Override
    public void close() {
        workspace.close();
        weights.close();
    }

    /** The packed table is scaled for the way in; where it is the head too, the final norm takes the factor back out. */
    private NormWeights unscaled(NormWeights norm) {
        float factor = (float) (1 / spec.embeddingScale());
        float[] weight = norm.weight().clone();
        for (int i = 0; i < weight.length; i++) {
            weight[i] *= factor;
        }
        return new NormWeights(weight, norm.bias().map(bias -> {
            float[] scaled = bias.clone();
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] *= factor;
            }
            return scaled;
        }));
    }
}
