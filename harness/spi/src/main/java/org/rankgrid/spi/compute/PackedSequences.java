package org.rankgrid.spi.compute;

import java.util.Arrays;
import java.util.Collection;

/**
 * How the rows of an activation divide into sequences that do not see each other, unless one is said to continue another: it
 * then sees all rows of its prefix before its own, as if they stood in front. Row r of sequence s is at position
 * first(s) + r - start(s).
 */
public final class PackedSequences {

    private static final int NONE = -1;

    private final int[] offsets;
    private final int[] prefixes;

    private PackedSequences(int[] offsets, int[] prefixes) {
        this.offsets = offsets;
        this.prefixes = prefixes;
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
        int[] prefixes = new int[lengths.length];
        Arrays.fill(prefixes, NONE);
        return new PackedSequences(offsets, prefixes);
    }

    /**
     * Sequences of the given lengths, one after the other, some of which continue earlier ones.
     *
     * @param prefixes for each sequence the one it continues, -1 for none
     * @throws IllegalArgumentException if there is none, one is empty, or a prefix is not an earlier sequence that continues
     *     none itself
     */
    public static PackedSequences continuing(int[] lengths, int[] prefixes) {
        PackedSequences plain = ofLengths(lengths);
        if (prefixes.length != lengths.length) {
            throw new IllegalArgumentException(lengths.length + " sequences with " + prefixes.length + " prefixes");
        }
        for (int s = 0; s < prefixes.length; s++) {
            int prefix = prefixes[s];
            if (prefix != NONE && (prefix < 0 || prefix >= s || prefixes[prefix] != NONE)) {
                throw new IllegalArgumentException("sequence " + s + " cannot continue " + prefix);
            }
        }
        return new PackedSequences(plain.offsets, prefixes.clone());
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

    /** The sequence that s continues, -1 if none. */
    public int prefix(int s) {
        return prefixes[s];
    }

    /** Position of the first row of sequence s: the length of its prefix. */
    public int first(int s) {
        return prefixes[s] == NONE ? 0 : length(prefixes[s]);
    }

    /** Row of a position of sequence s, which may be a row of its prefix. */
    public int row(int s, int position) {
        int own = position - first(s);
        return own < 0 ? offsets[prefixes[s]] + position : offsets[s] + own;
    }

    /** Whether any sequence continues another. */
    public boolean continued() {
        return Arrays.stream(prefixes).anyMatch(prefix -> prefix != NONE);
    }

    /** Positions of the longest sequence, its prefix counted. */
    public int longest() {
        int longest = 0;
        for (int s = 0; s < count(); s++) {
            longest = Math.max(longest, first(s) + length(s));
        }
        return longest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedSequences that
                && Arrays.equals(offsets, that.offsets)
                && Arrays.equals(prefixes, that.prefixes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(offsets) + Arrays.hashCode(prefixes);
    }

    @Override
    public String toString() {
        return "PackedSequences" + Arrays.toString(offsets)
                + (continued() ? " continuing " + Arrays.toString(prefixes) : "");
    }
}
