package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.PackedSequences;

/**
 * The gradients of two vectors of consecutive keys and values of one head, a key in each lane, summed over the query heads
 * that share it and over blocks of the queries that see it, in order. Used by one thread.
 */
final class KeyValueGradient implements AutoCloseable {

    /** Queries of a block, counted from the start of the sequence. */
    private static final int QUERIES = HeadTiles.BLOCK;

    private static final int LANES = MicroKernel.COLUMNS;

    private final HeadTiles queries;
    private final HeadTiles gradients;
    private final SoftmaxRows softmax;
    private final LanePanel keyPanel = new LanePanel();
    private final LanePanel valuePanel = new LanePanel();
    private final NativeScratch weightScratch = new NativeScratch();
    private final NativeScratch scoreScratch = new NativeScratch();
    private final NativeScratch slopeScratch = new NativeScratch();
    private final FloatScratch keyScratch = new FloatScratch();
    private final FloatScratch valueScratch = new FloatScratch();
    private final float[] tile = new float[MicroKernel.TILE];

    /** Gradients against these queries and the gradients of their outputs, whose softmaxes are kept. */
    KeyValueGradient(HeadTiles queries, HeadTiles gradients, SoftmaxRows softmax) {
        this.queries = queries;
        this.gradients = gradients;
        this.softmax = softmax;
    }

    /**
     * The gradients of some consecutive positions of one head.
     *
     * @param s the sequence
     * @param narrow the key-value head
     * @param first position of the first key
     * @param count number of keys, at most two vectors of them
     */
    void differentiate(
            HostTensor key,
            HostTensor value,
            AttentionShape shape,
            PackedSequences batch,
            int s,
            int narrow,
            int first,
            int count,
            HostTensor dKey,
            HostTensor dValue) {
        int d = shape.headSize();
        int row = batch.start(s) + first;
        int group = shape.heads() / shape.keyValueHeads();
        int end = shape.window() == 0
                ? batch.length(s)
                : (int) Math.min(batch.length(s), (long) first + count - 1 + shape.window());
        int room = queries.featureTiles() * MicroKernel.TILE;
        float[] keySums = keyScratch.atLeast(room);
        float[] valueSums = valueScratch.atLeast(room);
        Arrays.fill(keySums, 0, room, 0);
        Arrays.fill(valueSums, 0, room, 0);
        MemorySegment keys = keyPanel.read(key, row, narrow * d, d, count, (float) shape.scale());
        MemorySegment values = valuePanel.read(value, row, narrow * d, d, count, 1);
        for (int head = narrow * group; head < (narrow + 1) * group; head++) {
            for (int at = first / QUERIES * QUERIES; at < end; at += QUERIES) {
                int length = Math.min(QUERIES, end - at);
                addBlock(keys, values, shape, batch, s, head, at, length, first, keySums, valueSums);
            }
        }
        keyPanel.write(keySums, (float) shape.scale(), dKey, row, narrow * d, d, count);
        valuePanel.write(valueSums, 1, dValue, row, narrow * d, d, count);
    }

    /** Adds what some queries of one head, from position {@code at} on, contribute. */
    private void addBlock(
            MemorySegment keys,
            MemorySegment values,
            AttentionShape shape,
            PackedSequences batch,
            int s,
            int head,
            int at,
            int length,
            int first,
            float[] keySums,
            float[] valueSums) {
        MemorySegment weights = weightScratch.floats((long) QUERIES * LANES);
        MemorySegment scores = scoreScratch.floats((long) QUERIES * LANES);
        MemorySegment slopes = slopeScratch.floats((long) QUERIES * LANES);
        Panels.multiply(queries, s, head, at, length, keys, shape.headSize(), tile, weights);
        Panels.multiply(gradients, s, head, at, length, values, shape.headSize(), tile, scores);
        int place = softmax.place(head, batch.start(s) + at);
        boolean masked = at < first + LANES || shape.window() != 0;
        for (int lane = 0; lane < LANES; lane += Lanes.WIDTH) {
            if (shape.softCap() != 0) {
                Scores.softCap(weights, lane, length, (float) shape.softCap(), slopes);
            }
            if (masked) {
                Scores.hideKeys(weights, lane, length, at - first - lane, shape.window());
            }
            softmax(weights, lane, length, softmax.largest(), softmax.inverseSums(), place);
            differentiate(weights, scores, lane, length, softmax.means(), place);
            if (shape.softCap() != 0) {
                Panels.multiply(slopes, scores, lane, length);
            }
        }
        int stride = queries.featureStride(s, at);
        for (int f = 0; f < queries.featureTiles(); f++) {
            int from = queries.featureOffset(s, head, f, at);
            MicroKernel.multiply(gradients.byFeature(), from, stride, weights, 0, length, tile);
            Panels.add(tile, valueSums, f * MicroKernel.TILE);
            MicroKernel.multiply(queries.byFeature(), from, stride, scores, 0, length, tile);
            Panels.add(tile, keySums, f * MicroKernel.TILE);
        }
    }

    /** weight = exp(score - largest) / sum, largest and sum those of the row. */
    private static void softmax(
            MemorySegment scores, int lane, int length, float[] largest, float[] inverseSums, int place) {
        for (int j = 0; j < length; j++) {
            long at = (long) j * LANES + lane;
            FloatVector weight = VectorMath.exp(Lanes.load(scores, at).sub(largest[place + j]));
            Lanes.store(weight.mul(inverseSums[place + j]), scores, at);
        }
    }

    /** gradient = weight * (gradient - mean), the mean that of the row. */
    private static void differentiate(
            MemorySegment weights, MemorySegment gradients, int lane, int length, float[] means, int place) {
        for (int j = 0; j < length; j++) {
            long at = (long) j * LANES + lane;
            FloatVector difference = Lanes.load(gradients, at).sub(means[place + j]);
            Lanes.store(Lanes.load(weights, at).mul(difference), gradients, at);
        }
    }

    @Override
    public void close() {
        keyPanel.close();
        valuePanel.close();
        weightScratch.close();
        scoreScratch.close();
        slopeScratch.close();
    }
}
