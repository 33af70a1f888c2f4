package org.rankgrid.backends.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.rankgrid.backends.scalar.HostMemory;

/** Memory outside the heap that a kernel uses again and again, and that grows to the largest use. */
final class NativeScratch implements AutoCloseable {

    private Arena arena = Arena.ofShared();
    private MemorySegment memory = HostMemory.floats(arena, 1, 1);

    /** Room for a number of floats; what was in it is lost when it grows, else left. */
    MemorySegment floats(long count) {
        if (memory.byteSize() < count * Float.BYTES) {
            arena.close();
            arena = Arena.ofShared();
            memory = HostMemory.floats(arena, 1, count);
        }
        return memory;
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
