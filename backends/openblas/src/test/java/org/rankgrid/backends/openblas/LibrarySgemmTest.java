package org.rankgrid.backends.openblas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.Availability.Available;

class LibrarySgemmTest {

    @Test
    void multipliesRowsByTheRowsOfTheWeightOnAnyNumberOfThreads() {
        assumeTrue(OpenBlas.ofProcess().availability() instanceof Available);
        try (LibrarySgemm library = LibrarySgemm.open();
                Arena arena = Arena.ofConfined()) {
            MemorySegment x = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1, 2, 3, 4);
            MemorySegment weight = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1, 0, 0, 1, 1, 1);
            MemorySegment y = arena.allocate(ValueLayout.JAVA_FLOAT, 6);
            for (int threads = 1; threads <= 2; threads++) {
                y.fill((byte) -1);
                library.useThreads(threads);
                library.product(x, weight, y, 2, 3, 2);
                assertThat(y.toArray(ValueLayout.JAVA_FLOAT)).containsExactly(1, 2, 3, 3, 4, 7);
            }
            assertThat(library.description()).isNotBlank();
        }
    }
}
