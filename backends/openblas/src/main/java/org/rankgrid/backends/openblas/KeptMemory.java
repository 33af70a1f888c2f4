package org.rankgrid.backends.openblas;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.rankgrid.backends.scalar.HostMemory;

/** Memory outside the heap that is kept from one call to the next and grows to the largest. */
final class KeptMemory implements AutoCloseable {

    private Arena arena = Arena.ofShared();
    private MemorySegment memory = HostMemory.floats(arena, 1, 1);

    /** Room for a number of floats; what was in it may be lost. */
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
