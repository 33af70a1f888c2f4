package org.rankgrid.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.rankgrid.spi.InputException;

/** Feeds damaged bytes to a reader, which may succeed or end with an {@link InputException}, and nothing else. */
final class Hostile {

    private static final long FAIR_ALLOCATION = 8L << 20;

    private final Path file;
    private final Consumer<Path> reader;
    private int refused;

    Hostile(Path file, Consumer<Path> reader) {
        this.file = file;
        this.reader = reader;
    }

    /** How often the reader refused so far. */
    int refused() {
        return refused;
    }

    void everyTruncationOf(byte[] bytes) throws IOException {
        for (int length = 0; length < bytes.length; length++) {
            feed(Arrays.copyOf(bytes, length));
        }
    }

    /** Damages each of the first bytes: a bit that goes round, the bit that tells small letters from large, all bits. */
    void everyFlipOf(byte[] bytes, int upTo) throws IOException {
        for (int i = 0; i < upTo; i++) {
            for (int mask : new int[] {1 << i % 8, 0x20, 0xFF}) {
                byte[] flipped = bytes.clone();
                flipped[i] ^= (byte) mask;
                feed(flipped);
            }
        }
    }

    /** Random bytes behind a valid start, and random bytes put into random places of a valid file. */
    void randomDamageTo(byte[] bytes, int validStart, int rounds) throws IOException {
        Random random = new Random(3);
        for (int round = 0; round < rounds; round++) {
            byte[] noise = new byte[random.nextInt(bytes.length)];
            random.nextBytes(noise);
            System.arraycopy(bytes, 0, noise, 0, Math.min(validStart, noise.length));
            feed(noise);
            byte[] damaged = bytes.clone();
            for (int i = 0; i <= random.nextInt(16); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            feed(damaged);
        }
    }

    private void feed(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try {
            reader.accept(file);
        } catch (InputException e) {
            refused++;
            assertThat(e.getMessage()).startsWith(file.toString()).endsWith(".").doesNotContain("\n");
        }
    }

    /** Expects a refusal that says these things and allocates no more than a small file deserves. */
    static void refuses(Path file, byte[] bytes, Consumer<Path> reader, String... says) throws IOException {
        Files.write(file, bytes);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> reader.accept(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContainingAll(says)
                .hasMessageEndingWith(".");
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(FAIR_ALLOCATION);
    }
}
