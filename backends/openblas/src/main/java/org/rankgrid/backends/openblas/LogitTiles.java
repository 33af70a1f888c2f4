package org.rankgrid.backends.openblas;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.rankgrid.backends.scalar.HostMemory;
import org.rankgrid.backends.scalar.HostTensor;

/** Logits of a block of rows for a part of the vocabulary by SGEMM, one tile of memory a thread. */
final class LogitTiles {

    /** Rows of a tile. */
    static final int ROWS = 64;

    /** Vocabulary of a tile: its logits, 512 kB, stay in the second cache. */
    static final int WORDS = 2048;

    private final Sgemm[] callers;
    private final MemorySegment[] tiles;

    /** Tiles for threads that each have a caller of their own. */
    LogitTiles(Sgemm[] callers, Arena arena) {
        this.callers = callers;
        tiles = new MemorySegment[callers.length];
        for (int i = 0; i < tiles.length; i++) {
            tiles[i] = HostMemory.floats(arena, ROWS, WORDS);
        }
    }

    /** A copy of some of the rows of a list, one after the other. */
    static MemorySegment gather(HostTensor hidden, int[] rows, int first, int count, Arena arena) {
        long bytes = (long) hidden.columns() * Float.BYTES;
        MemorySegment asked = HostMemory.floats(arena, count, hidden.columns());
        for (int i = 0; i < count; i++) {
            MemorySegment.copy(hidden.data(), hidden.offset(rows[first + i]) * Float.BYTES, asked, i * bytes, bytes);
        }
        return asked;
    }

    /** The logits of some rows for the words from one on, row by row without gaps; valid until the worker's next call. */
    MemorySegment compute(int worker, MemorySegment asked, int count, RowMajorWeight head, int word) {
        int words = words(head, word);
        Sgemm.Result logits = new Sgemm.Result(tiles[worker], count, words, words);
        callers[worker].product(asked, head.from(word), head.stride(), head.columns(), logits, 0);
        return tiles[worker];
    }

    /** How many words the tile that begins at one has. */
    static int words(RowMajorWeight head, int word) {
        return Math.min(WORDS, head.rows() - word);
    }

    /** What the whole vocabulary says of some rows, the targets those from place {@code first} of their list on. */
    RunningScore[] scan(
            int worker, MemorySegment asked, int count, RowMajorWeight head, int[] targets, int first, double softCap) {
        return scan(worker, asked, count, head, 0, head.rows(), targets, first, softCap);
    }

    /** The same of the words from one up to another, whole tiles of them but for the last. */
    RunningScore[] scan(
            int worker,
            MemorySegment asked,
            int count,
            RowMajorWeight head,
            int firstWord,
            int lastWord,
            int[] targets,
            int first,
            double softCap) {
        double[] capped = new double[WORDS];
        RunningScore[] scores = new RunningScore[count];
        for (int i = 0; i < count; i++) {
            scores[i] = new RunningScore(targets[first + i], softCap);
        }
        for (int word = firstWord; word < lastWord; word += WORDS) {
            MemorySegment logits = compute(worker, asked, count, head, word);
            int words = words(head, word);
            for (int i = 0; i < count; i++) {
                scores[i].add(logits, (long) i * words, word, words, capped);
            }
        }
        return scores;
    }
}
