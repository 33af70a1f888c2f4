package org.rankgrid.engine.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.cache.Cache;
import org.rankgrid.engine.cache.CacheEntry;
import org.rankgrid.engine.cache.Identity;
import org.rankgrid.engine.cache.Stage;
import org.rankgrid.spi.allocate.BlockSimilarity;
import org.rankgrid.spi.allocate.Similarity;
import org.rankgrid.spi.compute.MomentValues;
import org.rankgrid.spi.factorize.LayerStatistic;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;
import org.rankgrid.spi.rank.Sublayer;

class CalibrationStoreTest {

    private static final Layer Q = new Layer("b0.q", 0, Role.Q, 4, 2);
    private static final Layer K = new Layer("b0.k", 0, Role.K, 4, 2);
    private static final Layer DOWN = new Layer("b0.down", 0, Role.DOWN, 2, 3);
    private static final BlockStatistics STATISTICS = new BlockStatistics(
            List.of(
                    new BlockStatistics.Input(
                            List.of("b0.q", "b0.k"),
                            new MomentValues(
                                    2,
                                    new double[] {1, 0.5, 0.5, 3},
                                    new long[] {7, 8},
                                    new double[][] {{1, 2}, {3, 4}},
                                    new double[] {5, 6})),
                    new BlockStatistics.Input(
                            List.of("b0.down"),
                            new MomentValues(
                                    3,
                                    new double[] {1, 2, 4, 2, 3, 5, 4, 5, 6},
                                    new long[] {15},
                                    new double[][] {{1, 1, 1}},
                                    new double[] {1, 2, 3}))),
            new Similarity(0.9, 0.1, 0.2),
            new Similarity(0.8, 0.3, 0.4),
            new BlockSimilarity(0.7, 0.5));

    @TempDir
    private Path folder;

    private CacheEntry entry;
    private CalibrationStore store;

    @BeforeEach
    void open() {
        entry = new Cache(folder).entry(Stage.CALIBRATION, Identity.of("test", 1), "a test");
        store = new CalibrationStore(entry, 1);
    }

    @Test
    void whatIsWrittenIsRead() {
        store.write(0, STATISTICS);

        assertThat(moments(K))
                .usingRecursiveComparison()
                .isEqualTo(STATISTICS.inputs().getFirst().moments());
        assertThat(moments(Q)).usingRecursiveComparison().isEqualTo(moments(K));
        assertThat(moments(DOWN))
                .usingRecursiveComparison()
                .isEqualTo(STATISTICS.inputs().getLast().moments());
        assertThat(store.sublayer(0, Sublayer.ATTENTION)).isEqualTo(STATISTICS.attention());
        assertThat(store.sublayer(0, Sublayer.FEED_FORWARD)).isEqualTo(STATISTICS.feedForward());
        assertThat(store.block(0)).isEqualTo(STATISTICS.block());
    }

    @Test
    void onlyWhatIsWantedIsRead() {
        store.write(0, STATISTICS);

        assertThat(store.moments(Q, Set.of(LayerStatistic.ABSOLUTE_SUMS)))
                .usingRecursiveComparison()
                .isEqualTo(new MomentValues(2, new double[0], new long[] {7, 8}, new double[0][], new double[] {5, 6}));
        assertThat(store.moments(Q, Set.of()).gram()).isEmpty();
    }

    @Test
    void aStoreIsCompleteOnceThatWasSaidAndWhileItsFilesAreWhole() throws IOException {
        store.write(0, STATISTICS);
        assertThat(store.isComplete()).isFalse();
        store.complete();
        assertThat(store.isComplete()).isTrue();

        Path file = entry.file("block-0000.safetensors");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 300));

        assertThat(new CalibrationStore(entry, 1).isComplete()).isFalse();
        assertThat(new CalibrationStore(entry, 2).isComplete()).isFalse();
    }

    private MomentValues moments(Layer layer) {
        return store.moments(layer, Set.of(LayerStatistic.values()));
    }
}
