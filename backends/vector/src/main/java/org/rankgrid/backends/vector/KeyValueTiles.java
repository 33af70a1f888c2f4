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
    private float[] keys = {};
    private float[] values = {};
    private int[] firstTile = {};
    private PackedSequences batch = PackedSequences.ofLengths(1);
    private int heads;
    private int d;

    /** Lays out keys and values, t by (key-value heads * d). */
    void pack(HostTensor key, HostTensor value, AttentionShape shape, PackedSequences sequences, WorkerPool pool) {
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
            int last = blocks.first(block) + blocks.length(block);
            for (int position = blocks.first(block); position < last; position++) {
                packKey(key, s, head, position);
                packValue(value, s, head, position);
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

    private void packKey(HostTensor key, int s, int head, int position) {
        int row = batch.start(s) + position;
        int at = keyOffset(s, head, position / MicroKernel.ROWS) + position % MicroKernel.ROWS;
        for (int i = 0; i < d; i++) {
            keys[at + i * MicroKernel.ROWS] = key.get(row, head * d + i);
        }
    }

    private void packValue(HostTensor value, int s, int head, int position) {
        int row = batch.start(s) + position;
        for (int i = 0; i < d; i++) {
            int at = valueOffset(s, head, i / MicroKernel.ROWS, position) + i % MicroKernel.ROWS;
            values[at] = value.get(row, head * d + i);
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
