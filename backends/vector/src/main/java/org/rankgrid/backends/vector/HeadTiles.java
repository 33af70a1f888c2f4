package org.rankgrid.backends.vector;

import java.util.stream.IntStream;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.spi.compute.PackedSequences;

/**
 * Heads of a batch laid out as left sides of the micro-kernel: those of one tensor with a row for each position, for products
 * over features, as keys need it; those of another block by block of positions with a row for each feature, for sums over
 * positions, as values need it. What pads the last tile of either is whatever was there before: nobody reads positions past
 * the end or features past the last. Of the prefix of a sequence only what does not fill a block is laid out again before its
 * own rows.
 */
final class HeadTiles {

    /** Positions of a block, which lie one after the other; a multiple of the micro-kernel's rows. */
    static final int BLOCK = 96;

    private static final int POSITIONS = 2 * BLOCK;

    private final FloatScratch positionScratch = new FloatScratch();
    private final FloatScratch featureScratch = new FloatScratch();
    private final SequenceBlocks blocks = new SequenceBlocks(POSITIONS);
    private final WorkerPool pool;
    private final FloatScratch[] rows;
    private float[] byPosition = {};
    private float[] byFeature = {};
    private int[] firstRow = {};
    private PackedSequences batch = PackedSequences.ofLengths(1);
    private PackedSequences layout = batch;
    private int heads;
    private int d;

    HeadTiles(WorkerPool pool) {
        this.pool = pool;
        this.rows = FloatScratch.forEach(pool);
    }

    /**
     * Lays out the heads of two tensors, t by (heads * d).
     *
     * @param positions gets a row for each position, as keys do
     * @param features gets a row for each feature, as values do
     */
    void pack(HostTensor positions, HostTensor features, int count, int headSize, PackedSequences sequences) {
        batch = sequences;
        layout = layout();
        heads = count;
        d = headSize;
        byPosition = positionScratch.atLeast(Math.toIntExact((long) countRows() * heads * d));
        byFeature = featureScratch.atLeast(Math.toIntExact((long) layout.tokens() * heads * featureRows()));
        blocks.divide(layout);
        pool.run(blocks.count() * heads, (task, worker) -> {
            int block = task / heads;
            int s = blocks.sequence(block);
            int first = shared(s) + blocks.first(block);
            float[] row = rows[worker].atLeast(d);
            packPositions(positions, s, task % heads, first, blocks.length(block), row);
            int end = first + blocks.length(block);
            for (int position = first; position < end; position += BLOCK) {
                packFeatures(features, s, task % heads, position, Math.min(BLOCK, end - position), row);
            }
        });
    }

    /** The positions of each sequence that are laid out for itself. */
    private PackedSequences layout() {
        return batch.continued()
                ? PackedSequences.ofLengths(IntStream.range(0, batch.count())
                        .map(s -> batch.first(s) - shared(s) + batch.length(s))
                        .toArray())
                : batch;
    }

    /** Positions of a sequence, from the first on, that lie with its prefix: whole blocks. */
    private int shared(int s) {
        return batch.first(s) / BLOCK * BLOCK;
    }

    /** The sequence for which a position is laid out: the prefix or the sequence itself. */
    private int holder(int s, int position) {
        return position < shared(s) ? batch.prefix(s) : s;
    }

    private int countRows() {
        if (firstRow.length < layout.count()) {
            firstRow = new int[layout.count()];
        }
        int count = 0;
        for (int s = 0; s < layout.count(); s++) {
            firstRow[s] = count;
            count += rowsOf(s);
        }
        return count;
    }

    private void packPositions(HostTensor from, int s, int head, int first, int length, float[] row) {
        for (int position = first; position < first + length; position++) {
            from.readPart(batch.row(s, position), head * d, d, row);
            System.arraycopy(row, 0, byPosition, positionOffset(s, head, position), d);
        }
    }

    private void packFeatures(HostTensor from, int s, int head, int first, int length, float[] row) {
        int corner = featureOffset(s, head, 0, first);
        int stride = featureStride(s, first);
        for (int j = 0; j < length; j++) {
            from.readPart(batch.row(s, first + j), head * d, d, row);
            distribute(row, d, byFeature, corner + j, stride);
        }
    }

    /** Gives every feature's row its value of a position. */
    private static void distribute(float[] from, int count, float[] into, int offset, int stride) {
        for (int i = 0; i < count; i++) {
            into[offset + i * stride] = from[i];
        }
    }

    private int rowsOf(int s) {
        return Lanes.roundUp(layout.length(s), MicroKernel.ROWS);
    }

    private int featureRows() {
        return featureTiles() * MicroKernel.ROWS;
    }

    /** Tiles that the features of a head take. */
    int featureTiles() {
        return Math.ceilDiv(d, MicroKernel.ROWS);
    }

    /** The rows of positions, d values each. */
    float[] byPosition() {
        return byPosition;
    }

    /** Where the row of a position of a sequence and head begins. */
    int positionOffset(int s, int head, int position) {
        int holder = holder(s, position);
        return (firstRow[holder] * heads + head * rowsOf(holder) + position - shared(holder)) * d;
    }

    /** The rows of features. */
    float[] byFeature() {
        return byFeature;
    }

    /**
     * Where the first row of a tile of features of a sequence and head begins.
     *
     * @param position the first of a block
     */
    int featureOffset(int s, int head, int featureTile, int position) {
        int holder = holder(s, position);
        int before = layout.start(holder) * heads + head * layout.length(holder) + position - shared(holder);
        return before * featureRows() + featureTile * MicroKernel.ROWS * featureStride(s, position);
    }

    /** From one feature's row to the next: the positions of the block that begins at one. */
    int featureStride(int s, int position) {
        int holder = holder(s, position);
        return Math.min(BLOCK, shared(holder) + layout.length(holder) - position);
    }
}
