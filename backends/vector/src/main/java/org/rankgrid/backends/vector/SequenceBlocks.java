package org.rankgrid.backends.vector;

import org.rankgrid.spi.compute.PackedSequences;

/**
 * Blocks of a fixed number of things within sequences, numbered through a batch; there are some things for every row, one if
 * nothing else is said. Used again and again.
 */
final class SequenceBlocks {

    private final int size;
    private PackedSequences batch = PackedSequences.ofLengths(1);
    private int[] sequence = {};
    private int[] firstOf = {};
    private int things = 1;
    private int count;

    /** Blocks of a number of things; the last of a sequence may have fewer. */
    SequenceBlocks(int size) {
        this.size = size;
    }

    /** Divides a batch. */
    void divide(PackedSequences sequences) {
        divide(sequences, 1);
    }

    /** Divides a batch with a number of things for every row. */
    void divide(PackedSequences sequences, int thingsOfRow) {
        batch = sequences;
        things = thingsOfRow;
        count = 0;
        for (int s = 0; s < batch.count(); s++) {
            count += Math.ceilDiv(batch.length(s) * things, size);
        }
        if (sequence.length < count) {
            sequence = new int[count];
            firstOf = new int[count];
        }
        int block = 0;
        for (int s = 0; s < batch.count(); s++) {
            for (int first = 0; first < batch.length(s) * things; first += size) {
                sequence[block] = s;
                firstOf[block] = first;
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

    /** First of a block's things, counted from the sequence's own first row. */
    int first(int block) {
        return firstOf[block];
    }

    /** Number of positions of a block. */
    int length(int block) {
        return Math.min(size, batch.length(sequence[block]) * things - firstOf[block]);
    }
}
