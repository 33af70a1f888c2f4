package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.spi.compute.PackedSequences;

/** Rotary position embedding in the half-split layout. */
final class Rotation {

    private static final int POSITIONS = 16;

    private final WorkerPool pool;
    private final SequenceBlocks blocks = new SequenceBlocks(POSITIONS);

    Rotation(WorkerPool pool) {
        this.pool = pool;
    }

    /** Turns the pairs (i, i + r) of each head by the angle of the row's position; cosine and sine positions by r. */
    void rotate(HostTensor x, int headSize, HostTensor cosine, HostTensor sine, PackedSequences batch) {
        rotate(x, headSize, cosine, sine, batch, 1);
    }

    /** Turns the pairs back. */
    void rotateBack(HostTensor x, int headSize, HostTensor cosine, HostTensor sine, PackedSequences batch) {
        rotate(x, headSize, cosine, sine, batch, -1);
    }

    private void rotate(
            HostTensor x, int headSize, HostTensor cosine, HostTensor sine, PackedSequences batch, float direction) {
        blocks.divide(batch);
        pool.run(blocks.count(), (block, worker) -> {
            int first = blocks.first(block);
            int s = blocks.sequence(block);
            for (int i = first; i < first + blocks.length(block); i++) {
                long row = x.offset(batch.start(s) + i);
                long angles = cosine.offset(batch.first(s) + i);
                for (int head = 0; head < x.columns(); head += headSize) {
                    turn(x.data(), row + head, cosine.data(), sine.data(), angles, cosine.columns(), direction);
                }
            }
        });
    }

    private static void turn(
            MemorySegment x,
            long at,
            MemorySegment cosine,
            MemorySegment sine,
            long angles,
            int half,
            float direction) {
        int whole = Lanes.FLOATS.loopBound(half);
        for (int i = 0; i < whole; i += Lanes.WIDTH) {
            FloatVector c = Lanes.load(cosine, angles + i);
            FloatVector s = Lanes.load(sine, angles + i).mul(direction);
            FloatVector first = Lanes.load(x, at + i);
            FloatVector second = Lanes.load(x, at + half + i);
            Lanes.store(first.mul(c).sub(second.mul(s)), x, at + i);
            Lanes.store(second.mul(c).add(first.mul(s)), x, at + half + i);
        }
        int rest = half - whole;
        if (rest > 0) {
            FloatVector c = Lanes.load(cosine, angles + whole, rest);
            FloatVector s = Lanes.load(sine, angles + whole, rest).mul(direction);
            FloatVector first = Lanes.load(x, at + whole, rest);
            FloatVector second = Lanes.load(x, at + half + whole, rest);
            Lanes.store(first.mul(c).sub(second.mul(s)), x, at + whole, rest);
            Lanes.store(second.mul(c).add(first.mul(s)), x, at + half + whole, rest);
        }
    }
}
