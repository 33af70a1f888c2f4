package org.rankgrid.backends.scalar;

import org.rankgrid.spi.compute.PackedSequences;

/** Rotary position embedding (Su et al., arXiv:2104.09864) in the half-split layout of Hugging Face. */
final class ScalarRotation {

    private ScalarRotation() {}

    /**
     * The transpose of {@link #rotate}: its inverse, times the square of the length of (cosine, sine), which some scalings
     * of positions make other than one.
     */
    static void rotateBack(HostTensor x, int headSize, HostTensor cosine, HostTensor sine, PackedSequences batch) {
        turn(x, headSize, cosine, sine, -1, batch);
    }

    /** Turns the pairs (i, i + r) of each head by the angle of the row's position; cosine and sine positions by r. */
    static void rotate(HostTensor x, int headSize, HostTensor cosine, HostTensor sine, PackedSequences batch) {
        turn(x, headSize, cosine, sine, 1, batch);
    }

    private static void turn(
            HostTensor x, int headSize, HostTensor cosine, HostTensor sine, int direction, PackedSequences batch) {
        int half = cosine.columns();
        for (int s = 0; s < batch.count(); s++) {
            for (int row = batch.start(s); row < batch.end(s); row++) {
                int position = batch.first(s) + row - batch.start(s);
                for (int head = 0; head < x.columns(); head += headSize) {
                    for (int i = head; i < head + half; i++) {
                        double c = cosine.get(position, i - head);
                        double d = direction * sine.get(position, i - head);
                        double first = x.get(row, i);
                        double second = x.get(row, i + half);
                        x.set(row, i, (float) (first * c - second * d));
                        x.set(row, i + half, (float) (second * c + first * d));
                    }
                }
            }
        }
    }
}
