package org.rankgrid.engine.mask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rankgrid.numerics.PythonRandom;
import org.rankgrid.spi.InputException;

/**
 * The order in which pieces of the calibration text come. The sequences are cut into pieces of one length, what is left of a
 * sequence is dropped; every epoch goes through all pieces once, in an order of its own.
 */
final class TextOrder {

    private final List<int[]> pieces = new ArrayList<>();
    private final long seed;
    private long epoch = -1;
    private int[] order = new int[0];

    /**
     * An order.
     *
     * @param length tokens of a piece
     * @param seed of all epochs
     * @throws InputException if no sequence has so many tokens
     */
    TextOrder(List<int[]> sequences, int length, long seed) {
        this.seed = seed;
        for (int[] ids : sequences) {
            for (int from = 0; length >= 2 && from + length <= ids.length; from += length) {
                pieces.add(Arrays.copyOfRange(ids, from, from + length));
            }
        }
        if (pieces.isEmpty()) {
            int longest = sequences.stream().mapToInt(ids -> ids.length).max().orElse(0);
            throw new InputException("masks are to be trained on pieces of " + length
                    + " tokens, but the calibration sequences have " + longest
                    + ": give the allocator a smaller length or 'calibration' a larger one");
        }
    }

    /** The pieces at some consecutive places, over as many epochs as it takes. */
    List<int[]> at(long first, int count) {
        List<int[]> text = new ArrayList<>(count);
        for (long place = first; place < first + count; place++) {
            shuffleFor(place / pieces.size());
            text.add(pieces.get(order[(int) (place % pieces.size())]));
        }
        return text;
    }

    /**
     * Fisher and Yates's shuffle with Python's generator, seeded with {@code seed * 0x9E3779B97F4A7C15 + epoch} in 64-bit
     * arithmetic, so that no epoch of one seed is an epoch of the next.
     */
    private void shuffleFor(long asked) {
        if (asked == epoch) {
            return;
        }
        epoch = asked;
        order = new int[pieces.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        PythonRandom random = new PythonRandom(seed * 0x9E3779B97F4A7C15L + epoch);
        for (int i = order.length - 1; i > 0; i--) {
            int j = Math.toIntExact(random.randrange(i + 1L));
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }
}
