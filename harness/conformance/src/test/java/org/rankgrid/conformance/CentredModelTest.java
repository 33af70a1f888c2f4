package org.rankgrid.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.compress.Compressor;
import org.rankgrid.engine.decompose.DecompositionStore;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.model.decoder.ComponentDecoder;
import org.rankgrid.model.decoder.Components;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.model.decoder.GradientObserver;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/** A model with centred layers, by the two ways there are: a bias folded in at a rank, and components about their centre. */
class CentredModelTest {

    @TempDir
    private static Path folder;

    private static Stories stories;
    private static Machine machine;
    private static DecompositionStore store;

    @BeforeAll
    static void decompose() {
        stories = new Stories(folder, 8, 64, 0);
        machine = stories.places().machine("scalar", 2);
        store = stories.decompose("pca-centred", stories.algebra());
    }

    @AfterAll
    static void close() {
        machine.close();
        stories.close();
    }

    @Test
    void theBiasOfARankIsThatOfItsComponents() {
        List<Layer> layers = stories.layers();
        int[] ranks = IntStream.range(0, layers.size())
                .map(i -> i % 3 == 0 ? RankPlan.DENSE : 1 + layers.get(i).fullRank() / 4)
                .toArray();
        RankPlan plan = new RankPlan(layers, ranks);
        assertThat(ofComponents(plan)).containsExactly(compressed(plan), within(2e-4));
    }

    @Test
    void denseLayersAreUntouched() {
        RankPlan plan = RankPlan.dense(stories.layers());
        assertThat(compressed(plan)).isEqualTo(ofComponents(plan));
    }

    private static double[] compressed(RankPlan plan) {
        int[] ids = ids();
        double[] logProbabilities = new double[ids.length - 1];
        try (Decoder decoder = Decoder.load(Compressor.compress(stories.checkpoint(), plan, store), machine.backend());
                Scope scope = machine.backend().scope()) {
            decoder.logProbabilities(
                    decoder.hidden(ids, PackedSequences.ofLengths(ids.length), scope),
                    IntStream.range(0, ids.length - 1).toArray(),
                    Arrays.copyOfRange(ids, 1, ids.length),
                    logProbabilities,
                    new int[ids.length - 1]);
        }
        return logProbabilities;
    }

    private static double[] ofComponents(RankPlan plan) {
        try (ComponentDecoder decoder = ComponentDecoder.load(
                stories.checkpoint(),
                stories.layers(),
                layer -> new Components(
                        store.left(layer, layer.fullRank()), store.right(layer, layer.fullRank()), store.centre(layer)),
                machine.backend())) {
            decoder.use(plan);
            int[] ids = ids();
            return decoder.differentiate(ids, PackedSequences.ofLengths(ids.length), 1, GradientObserver.NONE);
        }
    }

    private static int[] ids() {
        return Arrays.copyOf(stories.testStream(), 48);
    }
}
