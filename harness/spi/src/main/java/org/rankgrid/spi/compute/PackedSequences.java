package org.rankgrid.spi.compute;

import java.util.Arrays;
import java.util.Collection;

/**
 * How the rows of an activation divide into sequences that do not see each other. Row r of sequence s is at position
 * r - start(s).
 */
public final class PackedSequences {

    private final int[] offsets;

    private PackedSequences(int[] offsets) {
        this.offsets = offsets;
    }

    /**
     * Sequences of the given lengths, one after the other.
     *
     * @throws IllegalArgumentException if there is none, or one is empty
     */
    public static PackedSequences ofLengths(int... lengths) {
        if (lengths.length == 0) {
            throw new IllegalArgumentException("no sequences");
        }
        int[] offsets = new int[lengths.length + 1];
        for (int s = 0; s < lengths.length; s++) {
            if (lengths[s] < 1) {
                throw new IllegalArgumentException("sequence " + s + " is empty");
            }
            offsets[s + 1] = Math.addExact(offsets[s], lengths[s]);
        }
        return new PackedSequences(offsets);
    }

    /** Sequences of the given lengths, one after the other. */
    public static PackedSequences ofLengths(Collection<Integer> lengths) {
        return ofLengths(lengths.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Number of sequences. */
    public int count() {
        return offsets.length - 1;
    }

    /** t, rows of all sequences together. */
    public int tokens() {
        return offsets[offsets.length - 1];
    }

    /** First row of sequence s. */
    public int start(int s) {
        return offsets[s];
    }

    /** Row after the last of sequence s. */
    public int end(int s) {
        return offsets[s + 1];
    }

    /** Rows of sequence s. */
    public int length(int s) {
        return offsets[s + 1] - offsets[s];
    }

    /** Rows of the longest sequence. */
    public int longest() {
        int longest = 0;
        for (int s = 0; s < count(); s++) {
            longest = Math.max(longest, length(s));
        }
        return longest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedSequences that && Arrays.equals(offsets, that.offsets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(offsets);
    }

    @Override
    public String toString() {
        return "PackedSequences" + Arrays.toString(offsets);
    }
}
