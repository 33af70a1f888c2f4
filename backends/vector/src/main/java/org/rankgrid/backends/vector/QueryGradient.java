package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.spi.compute.AttentionShape;

/**
 * The gradient of two vectors of consecutive queries of one head, a query in each lane. The scores of all keys they see are
 * held at once, so that the softmax needs no second look. Used by one thread.
 */
final class QueryGradient implements AutoCloseable {

    /** Keys summed at once, counted from the start of the sequence; a multiple of the micro-kernel's rows. */
    private static final int KEYS = HeadTiles.BLOCK;

    private static final int LANES = MicroKernel.COLUMNS;

    private final HeadTiles keys;
    private final HeadTiles values;
    private final SoftmaxRows softmax;
    private final LanePanel queryPanel = new LanePanel();
    private final LanePanel gradientPanel = new LanePanel();
    private final NativeScratch weightScratch = new NativeScratch();
    private final NativeScratch gradientScratch = new NativeScratch();
    private final NativeScratch slopeScratch = new NativeScratch();
    private final FloatScratch outputScratch = new FloatScratch();
    private final float[] tile = new float[MicroKernel.TILE];
    private final float[] largest = new float[LANES];
    private final float[] sums = new float[LANES];
    private final float[] products = new float[LANES];

    /** Gradients against these keys and values, whose softmaxes are kept in {@code softmax}. */
    QueryGradient(HeadTiles keys, HeadTiles values, SoftmaxRows softmax) {
        this.keys = keys;
        this.values = values;
        this.softmax = softmax;
    }

    /**
     * The gradient of some consecutive positions of one head.
     *
     * @param s the sequence
     * @param sequenceStart its first row
     * @param head the query head
     * @param first position of the first query
     * @param count number of queries, at most two vectors of them
     */
    void differentiate(
            HostTensor query,
            HostTensor dOut,
            AttentionShape shape,
            int s,
            int sequenceStart,
            int head,
            int first,
            int count,
            HostTensor dQuery) {
        int narrow = head * shape.keyValueHeads() / shape.heads();
        int d = shape.headSize();
        int row = sequenceStart + first;
        int oldest = shape.window() == 0 ? 0 : Math.max(0, first - shape.window() + 1);
        int begin = oldest / KEYS * KEYS;
        int length = first + count - begin;
        long room = (long) Lanes.roundUp(length, MicroKernel.ROWS) * LANES;
        MemorySegment weights = weightScratch.floats(room);
        MemorySegment gradients = gradientScratch.floats(room);
        MemorySegment slopes = slopeScratch.floats(shape.softCap() == 0 ? 1 : room);
        MemorySegment queries = queryPanel.read(query, row, head * d, d, count, (float) shape.scale());
        MemorySegment outputs = gradientPanel.read(dOut, row, head * d, d, count, 1);
        Panels.multiply(keys, s, narrow, begin, length, queries, d, tile, weights);
        Panels.multiply(values, s, narrow, begin, length, outputs, d, tile, gradients);
        for (int lane = 0; lane < LANES; lane += Lanes.WIDTH) {
            if (shape.softCap() != 0) {
                Scores.softCap(weights, lane, length, (float) shape.softCap(), slopes);
            }
            Scores.hide(weights, lane, length, first + lane - begin, shape.window());
            findLargest(weights, lane, length);
            exponentiate(weights, gradients, lane, length);
            subtractMeans(weights, gradients, lane, length);
            if (shape.softCap() != 0) {
                Panels.multiply(slopes, gradients, lane, length);
            }
        }
        keep(head, row, count);
        float[] output = outputScratch.atLeast(keys.featureTiles() * MicroKernel.TILE);
        Arrays.fill(output, 0, keys.featureTiles() * MicroKernel.TILE, 0);
        for (int at = 0; at < length; at += KEYS) {
            int stride = keys.featureStride(s, begin + at);
            for (int f = 0; f < keys.featureTiles(); f++) {
                int from = keys.featureOffset(s, narrow, f, begin + at);
                int block = Math.min(KEYS, length - at);
                MicroKernel.multiply(keys.byFeature(), from, stride, gradients, (long) at * LANES, block, tile);
                Panels.add(tile, output, f * MicroKernel.TILE);
            }
        }
        queryPanel.write(output, (float) shape.scale(), dQuery, row, head * d, d, count);
    }

    private void findLargest(MemorySegment scores, int lane, int length) {
        FloatVector max = FloatVector.broadcast(Lanes.FLOATS, Float.NEGATIVE_INFINITY);
        for (int j = 0; j < length; j++) {
            FloatVector score = Lanes.load(scores, (long) j * LANES + lane);
            max = max.blend(score, score.compare(VectorOperators.GT, max));
        }
        max.intoArray(largest, lane);
    }

    /** weight = exp(score - largest), with the sums of weights and of weights times gradients, block by block. */
    private void exponentiate(MemorySegment scores, MemorySegment gradients, int lane, int length) {
        FloatVector.zero(Lanes.FLOATS).intoArray(sums, lane);
        FloatVector.zero(Lanes.FLOATS).intoArray(products, lane);
        for (int at = 0; at < length; at += KEYS) {
            exponentiate(scores, gradients, lane, at, Math.min(length, at + KEYS));
        }
    }

    private void exponentiate(MemorySegment scores, MemorySegment gradients, int lane, int first, int last) {
        FloatVector max = FloatVector.fromArray(Lanes.FLOATS, largest, lane);
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        FloatVector product = sum;
        for (int j = first; j < last; j++) {
            long at = (long) j * LANES + lane;
            FloatVector weight = VectorMath.exp(Lanes.load(scores, at).sub(max));
            Lanes.store(weight, scores, at);
            sum = sum.add(weight);
            product = weight.fma(Lanes.load(gradients, at), product);
        }
        FloatVector.fromArray(Lanes.FLOATS, sums, lane).add(sum).intoArray(sums, lane);
        FloatVector.fromArray(Lanes.FLOATS, products, lane).add(product).intoArray(products, lane);
    }

    /**
     * gradient = weight / sum * (gradient - mean), the mean that of the gradients under the weights. The sums become their
     * inverses, the products the means.
     */
    private void subtractMeans(MemorySegment weights, MemorySegment gradients, int lane, int length) {
        FloatVector inverse =
                FloatVector.broadcast(Lanes.FLOATS, 1).div(FloatVector.fromArray(Lanes.FLOATS, sums, lane));
        FloatVector mean = FloatVector.fromArray(Lanes.FLOATS, products, lane).mul(inverse);
        inverse.intoArray(sums, lane);
        mean.intoArray(products, lane);
        for (int j = 0; j < length; j++) {
            long at = (long) j * LANES + lane;
            FloatVector weight = Lanes.load(weights, at).mul(inverse);
            Lanes.store(weight.mul(Lanes.load(gradients, at).sub(mean)), gradients, at);
        }
    }

    private void keep(int head, int row, int count) {
        int place = softmax.place(head, row);
        System.arraycopy(largest, 0, softmax.largest(), place, count);
        System.arraycopy(sums, 0, softmax.inverseSums(), place, count);
        System.arraycopy(products, 0, softmax.means(), place, count);
    }

    @Override
    public void close() {
        queryPanel.close();
        gradientPanel.close();
        weightScratch.close();
        gradientScratch.close();
        slopeScratch.close();
    }
}
