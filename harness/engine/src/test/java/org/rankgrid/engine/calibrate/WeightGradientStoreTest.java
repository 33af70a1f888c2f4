package org.rankgrid.engine.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.cache.Cache;
import org.rankgrid.engine.cache.Identity;
import org.rankgrid.engine.cache.Stage;
import org.rankgrid.model.weights.SafetensorsWriter;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;

class WeightGradientStoreTest {

    private static final Layer Q = new Layer("b0.q", 0, Role.Q, 4, 2);
    private static final Layer DOWN = new Layer("b0.down", 0, Role.DOWN, 2, 3);
    private static final Map<Layer, double[]> GRADIENTS =
            Map.of(Q, new double[] {0.1, 1e-300}, DOWN, new double[] {1, 2, 3});

    @TempDir
    private Path folder;

    private Path file;
    private WeightGradientStore store;

    @BeforeEach
    void open() {
        var entry = new Cache(folder).entry(Stage.CALIBRATION, Identity.of("test", 1), "a test");
        file = entry.fileToWrite("weight-gradients.safetensors");
        store = new WeightGradientStore(entry);
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(store.isComplete()).isFalse();

        write();

        assertThat(store.isComplete()).isTrue();
        assertThat(store.of(Q)).containsExactly(0.1, 1e-300);
        assertThat(store.of(DOWN)).containsExactly(1, 2, 3);
    }

    @Test
    void aFileThatWasCutOffIsMissing() throws IOException {
        write();
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));

        assertThat(store.isComplete()).isFalse();
    }

    @Test
    void gradientsOfAnotherPassAreMissing() {
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, Map.of("pass", "all sequences/1"), List.of())) {
            writer.commit();
        }

        assertThat(store.isComplete()).isFalse();
    }

    private void write() {
        store.write(List.of(Q, DOWN), layer -> GRADIENTS.getOrDefault(layer, new double[0]));
    }
}
