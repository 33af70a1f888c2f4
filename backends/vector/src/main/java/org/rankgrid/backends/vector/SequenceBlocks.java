package org.rankgrid.backends.vector;

import org.rankgrid.spi.compute.PackedSequences;

/** Blocks of a fixed number of positions within sequences, numbered through a batch. Used again and again. */
final class SequenceBlocks {

    private final int size;
    private PackedSequences batch = PackedSequences.ofLengths(1);
    private int[] sequence = {};
    private int[] firstOf = {};
    private int count;

    /** Blocks of a number of positions; the last of a sequence may have fewer. */
    SequenceBlocks(int size) {
        this.size = size;
    }

    /** Divides a batch. */
    void divide(PackedSequences sequences) {
        batch = sequences;
        count = 0;
        for (int s = 0; s < batch.count(); s++) {
            count += Math.ceilDiv(batch.length(s), size);
        }
        if (sequence.length < count) {
            sequence = new int[count];
            firstOf = new int[count];
        }
        int block = 0;
        for (int s = 0; s < batch.count(); s++) {
            for (int position = 0; position < batch.length(s); position += size) {
                sequence[block] = s;
                firstOf[block] = position;
                block++;
            }
        }
    }

    /** Number of blocks. */
    int count() {
        return count;
    }

    /** The sequence of a block. */
    int sequence(int block) {
        return sequence[block];
    }

    /** First position, within its sequence, of a block. */
    int first(int block) {
        return firstOf[block];
    }

    /** Number of positions of a block. */
    int length(int block) {
        return Math.min(size, batch.length(sequence[block]) - firstOf[block]);
    }
}
