package org.rankgrid.backends.vector;

import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.PackedSequences;

/**
 * Keys and values of a batch laid out as left sides of the micro-kernel: keys in tiles of a few positions, feature by
 * feature; values in tiles of a few features, position by position. What pads the last tile of either is whatever was there
 * before: scores of positions past the end are masked, features past the last are never read.
 */
final class KeyValueTiles {

    private static final int POSITIONS = 192;

    private final FloatScratch keyScratch = new FloatScratch();
    private final FloatScratch valueScratch = new FloatScratch();
    private final SequenceBlocks blocks = new SequenceBlocks(POSITIONS);
    private final WorkerPool pool;
    private final FloatScratch[] rows;
    private float[] keys = {};
    private float[] values = {};
    private int[] firstTile = {};
    private PackedSequences batch = PackedSequences.ofLengths(1);
    private int heads;
    private int d;

    KeyValueTiles(WorkerPool pool) {
        this.pool = pool;
        this.rows = FloatScratch.forEach(pool);
    }

    /** Lays out keys and values, t by (key-value heads * d). */
    void pack(HostTensor key, HostTensor value, AttentionShape shape, PackedSequences sequences) {
        batch = sequences;
        heads = shape.keyValueHeads();
        d = shape.headSize();
        int tiles = countTiles();
        keys = keyScratch.atLeast(Math.toIntExact((long) tiles * heads * MicroKernel.ROWS * d));
        values = valueScratch.atLeast(
                Math.toIntExact((long) batch.tokens() * heads * featureTiles() * MicroKernel.ROWS));
        blocks.divide(batch);
        pool.run(blocks.count() * heads, (task, worker) -> {
            int block = task / heads;
            int head = task % heads;
            int s = blocks.sequence(block);
            float[] row = rows[worker].atLeast(d);
            int last = blocks.first(block) + blocks.length(block);
            for (int position = blocks.first(block); position < last; position++) {
                key.readPart(batch.start(s) + position, head * d, d, row);
                packKey(row, s, head, position);
                value.readPart(batch.start(s) + position, head * d, d, row);
                packValue(row, s, head, position);
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

    private void packKey(float[] row, int s, int head, int position) {
        int at = keyOffset(s, head, position / MicroKernel.ROWS) + position % MicroKernel.ROWS;
        for (int i = 0; i < d; i++) {
            keys[at + i * MicroKernel.ROWS] = row[i];
        }
    }

    private void packValue(float[] row, int s, int head, int position) {
        for (int tile = 0; tile < featureTiles(); tile++) {
            int first = tile * MicroKernel.ROWS;
            System.arraycopy(
                    row, first, values, valueOffset(s, head, tile, position), Math.min(MicroKernel.ROWS, d - first));
        }
    }

    private int tilesOf(int s) {
        return Math.ceilDiv(batch.length(s), MicroKernel.ROWS);
    }

    /** Tiles that the features of a value take. */
    int featureTiles() {
        return Math.ceilDiv(d, MicroKernel.ROWS);
    }

    /** The tiles of keys. */
    float[] keys() {
        return keys;
    }

    /** Where a tile of keys of a sequence and head begins. */
    int keyOffset(int s, int head, int tile) {
        return (firstTile[s] * heads + head * tilesOf(s) + tile) * MicroKernel.ROWS * d;
    }

    /** The tiles of values. */
    float[] values() {
        return values;
    }

    /** Where, in a tile of features of the values of a sequence and head, a position begins. */
    int valueOffset(int s, int head, int featureTile, int position) {
        int length = batch.length(s);
        int firstOfHead = (batch.start(s) * heads + head * length) * featureTiles();
        return (firstOfHead + featureTile * length + position) * MicroKernel.ROWS;
    }
}
