package org.rankgrid.engine.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.cache.Cache;
import org.rankgrid.engine.cache.CacheEntry;
import org.rankgrid.engine.cache.Identity;
import org.rankgrid.engine.cache.Stage;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.Role;

class TrialLogTest {

    private static final List<Layer> LAYERS =
            List.of(new Layer("q", 0, Role.Q, 8, 8), new Layer("up", 0, Role.UP, 16, 8));
    private static final RankPlan PLAN = new RankPlan(LAYERS, new int[] {3, RankPlan.DENSE});
    private static final RankPlan OTHER = new RankPlan(LAYERS, new int[] {4, 2});
    private static final PlanScores SCORES =
            new PlanScores(new double[] {1.25, Double.POSITIVE_INFINITY, 0.1 + 0.2}, new double[] {1e-17, 3});

    @TempDir
    private Path folder;

    @Test
    void scoresReadBackToTheBit() {
        open().put(PLAN, SCORES);
        open().put(OTHER, new PlanScores(new double[] {2}, new double[0]));

        assertThat(open().get(PLAN)).usingRecursiveComparison().isEqualTo(SCORES);
        assertThat(open().get(OTHER).nll()).containsExactly(2);
        assertThat(open().get(RankPlan.dense(LAYERS)).nll()).isEmpty();
        assertThat(entry().facts().complete()).isTrue();
    }

    @Test
    void aTornLineIsPassedOverAndSpoilsNoOther() throws IOException {
        open().put(PLAN, SCORES);
        byte[] whole = Files.readAllBytes(file());
        for (int cut = 0; cut < whole.length; cut++) {
            Files.write(file(), Arrays.copyOf(whole, cut));
            TrialLog torn = open();
            assertThat(torn.get(PLAN).nll()).isEmpty();
            torn.put(OTHER, new PlanScores(new double[] {2}, new double[0]));
            assertThat(open().get(OTHER).nll()).containsExactly(2);
        }
    }

    @Test
    void whatSaysMoreCounts() {
        TrialLog log = open();
        log.put(PLAN, SCORES);
        log.put(PLAN, new PlanScores(new double[] {1.25}, new double[0]));

        assertThat(open().get(PLAN).nll()).hasSize(3);
    }

    @Test
    void anyBytesSurvive() throws IOException {
        open().put(PLAN, SCORES);
        byte[] sound = Files.readAllBytes(file());
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = sound.clone();
            for (int i = 0; i < 1 + round % 5; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(file(), bytes);
            assertThatCode(this::open).doesNotThrowAnyException();
        }
    }

    @Test
    void linesOfOtherShapesAreNoScores() throws IOException {
        entry().fileToWrite("x");
        for (String line : List.of(
                "{\"ranks\":[1],\"nll\":[1.0],\"divergence\":[]}",
                "{\"ranks\":[1,99],\"nll\":[1.0],\"divergence\":[]}",
                "{\"ranks\":[4,2],\"nll\":[1.0,1.0,1.0,1.0,1.0],\"divergence\":[]}",
                "{\"ranks\":[4,2],\"nll\":[1.0],\"divergence\":[1.0,2.0]}",
                "{\"ranks\":[4,2],\"nll\":[\"much\"],\"divergence\":[]}",
                "{\"ranks\":[4,2],\"nll\":[1.0]}",
                "[]")) {
            Files.writeString(file(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        assertThat(open().get(OTHER).nll()).isEmpty();
    }

    private TrialLog open() {
        return new TrialLog(entry(), LAYERS, 4);
    }

    private CacheEntry entry() {
        return new Cache(folder).entry(Stage.TRIAL, Identity.of("t", 1), "t");
    }

    private Path file() {
        return entry().file("trials.jsonl");
    }
}
