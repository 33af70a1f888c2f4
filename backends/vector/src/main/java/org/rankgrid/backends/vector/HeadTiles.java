package org.rankgrid.backends.vector;

import java.util.stream.IntStream;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.spi.compute.PackedSequences;

/**
 * Heads of a batch laid out as left sides of the micro-kernel: those of one tensor in tiles of a few positions, feature by
 * feature, for products over features, as keys need it; those of another in tiles of a few features, position by position,
 * for sums over positions, as values need it. What pads the last tile of either is whatever was there before: nobody reads
 * positions past the end or features past the last. Of the prefix of a sequence only what does not fill a block is laid out
 * again before its own rows.
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
    private int[] firstTile = {};
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
     * @param positions goes into tiles of positions, as keys do
     * @param features goes into tiles of features, as values do
     */
    void pack(HostTensor positions, HostTensor features, int count, int headSize, PackedSequences sequences) {
        batch = sequences;
        layout = layout();
        heads = count;
        d = headSize;
        int tiles = countTiles();
        byPosition = positionScratch.atLeast(Math.toIntExact((long) tiles * heads * MicroKernel.ROWS * d));
        byFeature = featureScratch.atLeast(
                Math.toIntExact((long) layout.tokens() * heads * featureTiles() * MicroKernel.ROWS));
        blocks.divide(layout);
        pool.run(blocks.count() * heads, (task, worker) -> {
            int block = task / heads;
            int s = blocks.sequence(block);
            int first = shared(s) + blocks.first(block);
            float[] row = rows[worker].atLeast(featureTiles() * MicroKernel.ROWS);
            packPositions(positions, s, task % heads, first, blocks.length(block), row);
            packFeatures(features, s, task % heads, first, blocks.length(block), row);
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

    private int countTiles() {
        if (firstTile.length < layout.count()) {
            firstTile = new int[layout.count()];
        }
        int tiles = 0;
        for (int s = 0; s < layout.count(); s++) {
            firstTile[s] = tiles;
            tiles += tilesOf(s);
        }
        return tiles;
    }

    private void packPositions(HostTensor from, int s, int head, int first, int length, float[] row) {
        for (int position = first; position < first + length; position++) {
            from.readPart(batch.row(s, position), head * d, d, row);
            int at = positionOffset(s, head, position / MicroKernel.ROWS) + position % MicroKernel.ROWS;
            for (int i = 0; i < d; i++) {
                byPosition[at + i * MicroKernel.ROWS] = row[i];
            }
        }
    }

    private void packFeatures(HostTensor from, int s, int head, int first, int length, float[] row) {
        int corner = featureOffset(s, head, 0, first);
        int step = layout.length(s) * MicroKernel.ROWS;
        for (int j = 0; j < length; j++) {
            from.readPart(batch.row(s, first + j), head * d, d, row);
            distribute(row, featureTiles(), byFeature, corner + j * MicroKernel.ROWS, step);
        }
    }

    /** Gives every tile its values of a row, the last also what lies behind the row. */
    private static void distribute(float[] row, int tiles, float[] into, int offset, int step) {
        for (int tile = 0; tile < tiles; tile++) {
            for (int i = 0; i < MicroKernel.ROWS; i++) {
                into[offset + tile * step + i] = row[tile * MicroKernel.ROWS + i];
            }
        }
    }

    private int tilesOf(int s) {
        return Math.ceilDiv(layout.length(s), MicroKernel.ROWS);
    }

    /** Tiles that the features of a head take. */
    int featureTiles() {
        return Math.ceilDiv(d, MicroKernel.ROWS);
    }

    /** The tiles of positions. */
    float[] byPosition() {
        return byPosition;
    }

    /** Where a tile of positions of a sequence and head begins. */
    int positionOffset(int s, int head, int tile) {
        int holder = holder(s, tile * MicroKernel.ROWS);
        int first = firstTile[holder] * heads + head * tilesOf(holder);
        return (first + tile - shared(holder) / MicroKernel.ROWS) * MicroKernel.ROWS * d;
    }

    /** The tiles of features. */
    float[] byFeature() {
        return byFeature;
    }

    /** Where, in a tile of features of a sequence and head, a position begins. */
    int featureOffset(int s, int head, int featureTile, int position) {
        int holder = holder(s, position);
        int length = layout.length(holder);
        int firstOfHead = (layout.start(holder) * heads + head * length) * featureTiles();
        return (firstOfHead + featureTile * length + position - shared(holder)) * MicroKernel.ROWS;
    }
}
