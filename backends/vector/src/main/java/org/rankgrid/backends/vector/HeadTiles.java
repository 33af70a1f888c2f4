package org.rankgrid.backends.vector;

import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.spi.compute.PackedSequences;

/**
 * Heads of a batch laid out as left sides of the micro-kernel: those of one tensor in tiles of a few positions, feature by
 * feature, for products over features, as keys need it; those of another in tiles of a few features, position by position,
 * for sums over positions, as values need it. What pads the last tile of either is whatever was there before: nobody reads
 * positions past the end or features past the last.
 */
final class HeadTiles {

    private static final int POSITIONS = 192;

    private final FloatScratch positionScratch = new FloatScratch();
    private final FloatScratch featureScratch = new FloatScratch();
    private final SequenceBlocks blocks = new SequenceBlocks(POSITIONS);
    private final WorkerPool pool;
    private final FloatScratch[] rows;
    private float[] byPosition = {};
    private float[] byFeature = {};
    private int[] firstTile = {};
    private PackedSequences batch = PackedSequences.ofLengths(1);
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
        heads = count;
        d = headSize;
        int tiles = countTiles();
        byPosition = positionScratch.atLeast(Math.toIntExact((long) tiles * heads * MicroKernel.ROWS * d));
        byFeature = featureScratch.atLeast(
                Math.toIntExact((long) batch.tokens() * heads * featureTiles() * MicroKernel.ROWS));
        blocks.divide(batch);
        pool.run(blocks.count() * heads, (task, worker) -> {
            int block = task / heads;
            int head = task % heads;
            int s = blocks.sequence(block);
            float[] row = rows[worker].atLeast(d);
            int last = blocks.first(block) + blocks.length(block);
            for (int position = blocks.first(block); position < last; position++) {
                positions.readPart(batch.start(s) + position, head * d, d, row);
                packPosition(row, s, head, position);
                features.readPart(batch.start(s) + position, head * d, d, row);
                packFeatures(row, s, head, position);
            }
        });
    }

    private int countTiles() {
        if (firstTile.length < batch.count()) {
            firstTile = new int[batch.count()];
        }
        int tiles = 0;
        for (int s = 0; s < batch.count(); s++) {
            firstTile[s] = tiles;
            tiles += tilesOf(s);
        }
        return tiles;
    }

    private void packPosition(float[] row, int s, int head, int position) {
        int at = positionOffset(s, head, position / MicroKernel.ROWS) + position % MicroKernel.ROWS;
        for (int i = 0; i < d; i++) {
            byPosition[at + i * MicroKernel.ROWS] = row[i];
        }
    }

    private void packFeatures(float[] row, int s, int head, int position) {
        for (int tile = 0; tile < featureTiles(); tile++) {
            int first = tile * MicroKernel.ROWS;
            System.arraycopy(
                    row,
                    first,
                    byFeature,
                    featureOffset(s, head, tile, position),
                    Math.min(MicroKernel.ROWS, d - first));
        }
    }

    private int tilesOf(int s) {
        return Math.ceilDiv(batch.length(s), MicroKernel.ROWS);
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
        return (firstTile[s] * heads + head * tilesOf(s) + tile) * MicroKernel.ROWS * d;
    }

    /** The tiles of features. */
    float[] byFeature() {
        return byFeature;
    }

    /** Where, in a tile of features of a sequence and head, a position begins. */
    int featureOffset(int s, int head, int featureTile, int position) {
        int length = batch.length(s);
        int firstOfHead = (batch.start(s) * heads + head * length) * featureTiles();
        return (firstOfHead + featureTile * length + position) * MicroKernel.ROWS;
    }
}
