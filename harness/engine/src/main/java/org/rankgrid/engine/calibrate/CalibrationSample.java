package org.rankgrid.engine.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rankgrid.numerics.PythonRandom;
import org.rankgrid.spi.InputException;

/**
 * The token sequences a model is calibrated on.
 *
 * @param offsets where each sequence starts in the stream
 * @param sequences their tokens; no BOS is added
 * @param groups the group of each sequence: consecutive sequences, equal shares (Bolaco's pooled covariance)
 */
public record CalibrationSample(int[] offsets, List<int[]> sequences, int[] groups) {

    /**
     * Draws sequences from a stream as the reference implementations do: one call of Python's
     * {@code random.Random(seed).randrange(len - length + 1)} a sequence (DESIGN 5).
     *
     * @param corpus its name, for messages
     * @throws InputException if the stream is shorter than a sequence
     */
    public static CalibrationSample draw(
            String corpus, int[] stream, int count, int length, int groupCount, long seed) {
        if (stream.length < length) {
            throw new InputException("corpus " + corpus + " has " + stream.length
                    + " tokens, fewer than one calibration sequence of " + length
                    + ": give a longer corpus or a smaller 'length'");
        }
        PythonRandom random = new PythonRandom(seed);
        int[] offsets = new int[count];
        int[] groups = new int[count];
        List<int[]> sequences = new ArrayList<>(count);
        int groupsUsed = Math.min(groupCount, count);
        for (int s = 0; s < count; s++) {
            offsets[s] = Math.toIntExact(random.randrange(stream.length - length + 1));
            groups[s] = Math.toIntExact((long) s * groupsUsed / count);
            sequences.add(Arrays.copyOfRange(stream, offsets[s], offsets[s] + length));
        }
        return new CalibrationSample(offsets, sequences, groups);
    }

    /** Tokens of all sequences together. */
    public long tokens() {
        return sequences.stream().mapToLong(ids -> ids.length).sum();
    }

    /** Number of groups. */
    public int groupCount() {
        return groups.length == 0 ? 0 : groups[groups.length - 1] + 1;
    }
}
