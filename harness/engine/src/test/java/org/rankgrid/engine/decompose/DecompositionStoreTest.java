package org.rankgrid.engine.decompose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.cache.Cache;
import org.rankgrid.engine.cache.CacheEntry;
import org.rankgrid.engine.cache.Identity;
import org.rankgrid.engine.cache.Stage;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;

class DecompositionStoreTest {

    private static final Layer Q = new Layer("b0.q", 0, Role.Q, 3, 2);
    private static final Layer O = new Layer("b0.o", 0, Role.O, 2, 3);
    private static final Decomposition OF_Q = new Decomposition(
            3, 2, new double[] {9, 4}, new float[] {1, 2, 3, 4, 5, 6}, new float[] {7, 8, 9, 10}, List.of("a note"));
    private static final Decomposition OF_O = new Decomposition(
            2, 3, new double[] {5, 1}, new float[] {1, 2, 3, 4}, new float[] {5, 6, 7, 8, 9, 10}, List.of());

    @TempDir
    private Path folder;

    private CacheEntry entry;
    private DecompositionStore store;

    @BeforeEach
    void open() {
        entry = new Cache(folder).entry(Stage.DECOMPOSITION, Identity.of("test", 1), "a test");
        store = new DecompositionStore(entry, List.of(Q, O));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aPlanIsAPrefix() {
        store.write(Q, OF_Q);

        assertThat(store.spectrum(Q)).containsExactly(9, 4);
        assertThat(store.left(Q, 1).readAll()).containsExactly(1, 3, 5);
        assertThat(store.left(Q, 2).readAll()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(store.right(Q, 1).readAll()).containsExactly(7, 8);
        assertThat(store.right(Q, 2).readAll()).containsExactly(7, 8, 9, 10);
    }

    @Test
    void aCentreIsReadToTheLastBit() {
        double[] centre = {0.1, -1e300};
        store.write(
                Q,
                new Decomposition(3, 2, OF_Q.spectrum(), OF_Q.left(), OF_Q.right(), Optional.of(centre), OF_Q.notes()));
        store.write(O, OF_O);

        assertThat(store.centre(Q).orElseThrow()).containsExactly(centre);
        assertThat(store.centre(O)).isEmpty();
        assertThat(store.spectrum(Q)).containsExactly(9, 4);
        assertThat(store.left(Q, 2).readAll()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(store.right(Q, 2).readAll()).containsExactly(7, 8, 9, 10);
    }

    @Test
    void layersAreMissingUntilTheyAreWritten() {
        assertThat(store.missing(List.of(Q, O))).containsExactly(Q, O);

        store.write(O, OF_O);
        store.completeIfWhole();
        assertThat(store.missing(List.of(Q, O))).containsExactly(Q);
        assertThat(entry.isComplete()).isFalse();

        store.write(Q, OF_Q);
        store.completeIfWhole();
        assertThat(store.missing(List.of(Q, O))).isEmpty();
        assertThat(entry.isComplete()).isTrue();
        assertThat(store.notes(List.of(Q, O))).containsExactly("b0.q: a note");
    }

    @Test
    void aFileThatWasCutOffIsMissing() throws IOException {
        store.write(Q, OF_Q);
        Path file = entry.file("layer-00000.safetensors");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));

        assertThat(store.missing(List.of(Q))).containsExactly(Q);
    }
}
