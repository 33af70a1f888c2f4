package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.spi.compute.AttentionShape;

/**
 * Attention of two vectors of consecutive queries of one head, a query in each lane: everything is transposed, so that the
 * scores of a block of keys come out of the micro-kernel as its next right side, and the softmax runs down the lanes with
 * no sum across them. Online softmax over blocks of keys (Milakov and Gimelshein, arXiv:1805.02867). Used by one thread.
 */
final class QueryPanel implements AutoCloseable {

    /** Keys of a block, counted from the start of the sequence; a multiple of the micro-kernel's rows. */
    private static final int KEYS = 96;

    private static final int LANES = MicroKernel.COLUMNS;

    private final LanePanel panel = new LanePanel();
    private final NativeScratch scoreScratch = new NativeScratch();
    private final FloatScratch outputScratch = new FloatScratch();
    private final float[] tile = new float[MicroKernel.TILE];
    private final float[] largest = new float[LANES];
    private final float[] sums = new float[LANES];
    private final float[] decay = new float[LANES];

    /**
     * Attention of some consecutive positions of one head.
     *
     * @param tiles the keys and values
     * @param s the sequence
     * @param sequenceStart its first row
     * @param head the query head
     * @param first position of the first query
     * @param count number of queries, at most two vectors of them
     */
    void attend(
            HostTensor query,
            HeadTiles tiles,
            AttentionShape shape,
            int s,
            int sequenceStart,
            int head,
            int first,
            int count,
            HostTensor out) {
        int narrow = head * shape.keyValueHeads() / shape.heads();
        int d = shape.headSize();
        int end = first + count;
        int oldest = shape.window() == 0 ? 0 : Math.max(0, first - shape.window() + 1);
        float[] output = outputScratch.atLeast(tiles.featureTiles() * MicroKernel.TILE);
        Arrays.fill(output, 0, tiles.featureTiles() * MicroKernel.TILE, 0);
        Arrays.fill(largest, Float.NEGATIVE_INFINITY);
        Arrays.fill(sums, 0);
        MemorySegment scores = scoreScratch.floats((long) KEYS * LANES);
        MemorySegment queries = panel.read(query, sequenceStart + first, head * d, d, count, (float) shape.scale());
        for (int keys = oldest / KEYS * KEYS; keys < end; keys += KEYS) {
            int length = Math.min(KEYS, end - keys);
            Panels.multiply(tiles, s, narrow, keys, length, queries, d, tile, scores);
            boolean masked = keys + length - 1 > first || keys < end - shape.window();
            for (int lane = 0; lane < LANES; lane += Lanes.WIDTH) {
                if (shape.softCap() != 0) {
                    Scores.softCap(scores, lane, length, (float) shape.softCap());
                }
                if (masked) {
                    Scores.hide(scores, lane, length, first + lane - keys, shape.window());
                }
                findLargest(scores, lane, length);
                exponentiate(scores, lane, length);
            }
            for (int f = 0; f < tiles.featureTiles(); f++) {
                int value = tiles.featureOffset(s, narrow, f, keys);
                MicroKernel.multiply(tiles.byFeature(), value, scores, 0, length, tile);
                decayAndAdd(output, f * MicroKernel.TILE);
            }
        }
        normalise(output, d);
        LanePanel.write(output, 1, out, sequenceStart + first, head * d, d, count);
    }

    // One loop a method from here on: in a longer one the JIT stops inlining, and every vector becomes an object.

    /** Brings the largest score of each query up to date, and what its earlier sums shrink by. */
    private void findLargest(MemorySegment scores, int lane, int length) {
        FloatVector before = FloatVector.fromArray(Lanes.FLOATS, largest, lane);
        FloatVector max = before;
        for (int j = 0; j < length; j++) {
            FloatVector score = Lanes.load(scores, (long) j * LANES + lane);
            max = max.blend(score, score.compare(VectorOperators.GT, max));
        }
        max.intoArray(largest, lane);
        VectorMath.exp(before.sub(finite(max))).intoArray(decay, lane);
    }

    /** score = exp(score - largest), and the sums of these. */
    private void exponentiate(MemorySegment scores, int lane, int length) {
        FloatVector max = finite(FloatVector.fromArray(Lanes.FLOATS, largest, lane));
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        for (int j = 0; j < length; j++) {
            long at = (long) j * LANES + lane;
            FloatVector weight = VectorMath.exp(Lanes.load(scores, at).sub(max));
            Lanes.store(weight, scores, at);
            sum = sum.add(weight);
        }
        FloatVector factor = FloatVector.fromArray(Lanes.FLOATS, decay, lane);
        FloatVector.fromArray(Lanes.FLOATS, sums, lane).fma(factor, sum).intoArray(sums, lane);
    }

    /** Zero where a query has seen no key yet: it must not subtract infinity from infinity. */
    private static FloatVector finite(FloatVector max) {
        return max.blend(0f, max.compare(VectorOperators.EQ, Float.NEGATIVE_INFINITY));
    }

    /** output = output * decay + tile, decay lane by lane. */
    private void decayAndAdd(float[] output, int offset) {
        FloatVector left = FloatVector.fromArray(Lanes.FLOATS, decay, 0);
        FloatVector right = FloatVector.fromArray(Lanes.FLOATS, decay, Lanes.WIDTH);
        for (int i = 0; i < MicroKernel.TILE; i += LANES) {
            decayAndAdd(output, offset + i, left, i);
            decayAndAdd(output, offset + i + Lanes.WIDTH, right, i + Lanes.WIDTH);
        }
    }

    private void decayAndAdd(float[] output, int at, FloatVector factor, int from) {
        FloatVector.fromArray(Lanes.FLOATS, output, at)
                .fma(factor, FloatVector.fromArray(Lanes.FLOATS, tile, from))
                .intoArray(output, at);
    }

    private void normalise(float[] output, int d) {
        for (int lane = 0; lane < LANES; lane += Lanes.WIDTH) {
            FloatVector sum = FloatVector.fromArray(Lanes.FLOATS, sums, lane);
            for (int i = 0; i < d; i++) {
                FloatVector.fromArray(Lanes.FLOATS, output, i * LANES + lane)
                        .div(sum)
                        .intoArray(output, i * LANES + lane);
            }
        }
    }

    @Override
    public void close() {
        panel.close();
        scoreScratch.close();
    }
}
