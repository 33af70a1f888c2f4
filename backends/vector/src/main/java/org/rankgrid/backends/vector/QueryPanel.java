package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.PackedSequences;

/**
 * Attention of two vectors of consecutive queries, a query in each lane: everything is transposed, so that the
 * scores of a block of keys come out of the micro-kernel as its next right side, and the softmax runs down the lanes with
 * no sum across them. Online softmax over blocks of keys (Milakov and Gimelshein, arXiv:1805.02867). Used by one thread.
 */
final class QueryPanel implements AutoCloseable {

    /** Keys of a block, counted from the start of the sequence. */
    private static final int KEYS = HeadTiles.BLOCK;

    private static final int LANES = MicroKernel.COLUMNS;

    private final QueryLanes lanes = new QueryLanes();
    private final LanePanel panel = new LanePanel();
    private final NativeScratch scoreScratch = new NativeScratch();
    private final FloatScratch outputScratch = new FloatScratch();
    private final float[] tile = new float[MicroKernel.TILE];
    private final float[] largest = new float[LANES];
    private final float[] sums = new float[LANES];
    private final float[] decay = new float[LANES];

    /**
     * Attention of some consecutive queries of a sequence.
     *
     * @param tiles the keys and values
     * @param s the sequence
     * @param narrow the head of keys and values
     * @param query the first query, as in {@link QueryLanes}
     * @param count number of queries, at most two vectors of them
     */
    void attend(
            HostTensor queries,
            HeadTiles tiles,
            AttentionShape shape,
            PackedSequences batch,
            int s,
            int narrow,
            int query,
            int count,
            HostTensor out) {
        lanes.take(shape, batch, s, narrow, query, count);
        int d = shape.headSize();
        int end = lanes.last() + 1;
        int oldest = shape.window() == 0 ? 0 : Math.max(0, lanes.first() - shape.window() + 1);
        float[] output = outputScratch.atLeast(tiles.featureTiles() * MicroKernel.TILE);
        Arrays.fill(output, 0, tiles.featureTiles() * MicroKernel.TILE, 0);
        Arrays.fill(largest, Float.NEGATIVE_INFINITY);
        Arrays.fill(sums, 0);
        MemorySegment scores = scoreScratch.floats((long) KEYS * LANES);
        MemorySegment right = panel.read(queries, lanes, d, (float) shape.scale());
        for (int keys = oldest / KEYS * KEYS; keys < end; keys += KEYS) {
            int length = Math.min(KEYS, end - keys);
            Panels.multiply(tiles, s, narrow, keys, length, right, d, tile, scores);
            boolean tooOld = shape.window() != 0 && keys < end - shape.window();
            boolean masked = tooOld || keys + length - 1 > lanes.first();
            for (int lane = 0; lane < count; lane += Lanes.WIDTH) {
                if (shape.softCap() != 0) {
                    Scores.softCap(scores, lane, length, (float) shape.softCap());
                }
                if (masked) {
                    Scores.hide(scores, lane, length, lanes.positions(), keys, shape.window());
                }
                findLargest(scores, lane, length);
                exponentiate(scores, lane, length);
            }
            int stride = tiles.featureStride(s, keys);
            for (int f = 0; f < tiles.featureTiles(); f++) {
                int value = tiles.featureOffset(s, narrow, f, keys);
                MicroKernel.multiply(tiles.byFeature(), value, stride, scores, 0, length, tile);
                decayAndAdd(output, f * MicroKernel.TILE);
            }
        }
        normalise(output, d, count);
        panel.write(output, out, lanes, d);
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

    private void normalise(float[] output, int d, int count) {
        for (int lane = 0; lane < count; lane += Lanes.WIDTH) {
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
