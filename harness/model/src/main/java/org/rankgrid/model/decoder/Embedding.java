package org.rankgrid.model.decoder;

import java.util.Optional;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.Matrix;
import org.rankgrid.spi.compute.Operations;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;

/** The way into a decoder on a backend: from token ids to the residual stream before the first block. */
public final class Embedding {

    private final DecoderSpec spec;
    private final Operations operations;
    private final Matrix tokens;
    private final Optional<Matrix> positions;

    private Embedding(DecoderSpec spec, Operations operations, Matrix tokens, Optional<Matrix> positions) {
        this.spec = spec;
        this.operations = operations;
        this.tokens = tokens;
        this.positions = positions;
    }

    /**
     * Puts the tables of tokens and of learned positions on a backend.
     *
     * @param scope owns them: the embedding lives as long as it
     */
    public static Embedding load(DecoderWeights weights, Backend backend, Scope scope) {
        DecoderSpec spec = weights.spec();
        RowSource table = weights.embedding();
        boolean scaled = spec.embeddingScale() != 1;
        return new Embedding(
                spec,
                backend.operations(),
                scope.pack(scaled ? new ScaledRows(table, (float) spec.embeddingScale()) : table),
                spec.positions() instanceof PositionSpec.Learned
                        ? Optional.of(scope.pack(weights.positions()))
                        : Optional.empty());
    }

    /**
     * Writes the stream before the first block.
     *
     * @param ids t of them, sequence after sequence
     * @param into t by hidden
     * @throws InputException if an id is not in the vocabulary or a sequence is longer than the model takes
     */
    public void forward(int[] ids, PackedSequences batch, Tensor into, Workspace workspace) {
        check(ids, batch);
        operations.embed(tokens, ids, into);
        if (positions.isPresent() && spec.positions() instanceof PositionSpec.Learned learned) {
            Tensor vectors = workspace.activations(batch.tokens()).attentionInput;
            operations.embed(positions.get(), positionIds(batch, learned.offset()), vectors);
            operations.add(vectors, into);
        }
    }

    /** The packed table of tokens, which is the head too where that is tied. */
    Matrix tokens() {
        return tokens;
    }

    private void check(int[] ids, PackedSequences batch) {
        if (ids.length != batch.tokens()) {
            throw new IllegalArgumentException(ids.length + " ids for " + batch.tokens() + " tokens");
        }
        if (batch.longest() > spec.maximumPositions()) {
            throw new InputException("a sequence has " + batch.longest() + " tokens, but the model takes at most "
                    + spec.maximumPositions() + ": choose a shorter length or window");
        }
        for (int id : ids) {
            if (id < 0 || id >= spec.vocabulary()) {
                throw new InputException("token id " + id + " is not in the model's vocabulary of " + spec.vocabulary()
                        + ": model and tokenizer do not belong together");
            }
        }
    }

    private static int[] positionIds(PackedSequences batch, int offset) {
        int[] ids = new int[batch.tokens()];
        for (int s = 0; s < batch.count(); s++) {
            for (int row = batch.start(s); row < batch.end(s); row++) {
                ids[row] = batch.first(s) + row - batch.start(s) + offset;
            }
        }
        return ids;
    }

    /** Rows times a factor. */
    private record ScaledRows(RowSource source, float factor) implements RowSource {

        @Override
        public int rows() {
            return source.rows();
        }

        @Override
        public int columns() {
            return source.columns();
        }

        @Override
        public void read(int firstRow, int count, float[] into, int offset) {
            source.read(firstRow, count, into, offset);
            for (int i = offset; i < offset + count * columns(); i++) {
                into[i] *= factor;
            }
        }
    }
}
