package org.rankgrid.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.engine.score.Batching;
import org.rankgrid.engine.score.Scorer;
import org.rankgrid.engine.score.TokenRequest;
import org.rankgrid.engine.score.TokenRequests;
import org.rankgrid.engine.score.TokenSequence;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.StreamFacts;

/**
 * Choices of many lengths, packed, ordered and computed in many ways, with and without shared contexts: no bit of an answer
 * changes on the backends that promise it.
 */
class ChoiceDeterminismTest {

    private static final int ITEMS = 24;

    @TempDir
    private Path folder;

    @Test
    void nothingButTheTokensDecidesAnAnswerOnVector() {
        check("vector");
    }

    @Test
    void nothingButTheTokensDecidesAnAnswerOnScalar() {
        check("scalar");
    }

    private void check(String backend) {
        List<TokenRequest> items = items();
        List<Answer> plain = score(backend, 1, items, new Batching(OptionalInt.of(1), false));

        for (boolean shared : List.of(false, true)) {
            assertThat(score(backend, 3, items, new Batching(OptionalInt.empty(), shared)))
                    .isEqualTo(plain);
            assertThat(score(backend, 2, items, new Batching(OptionalInt.of(5), shared)))
                    .isEqualTo(plain);
            List<TokenRequest> shuffled = new ArrayList<>(items);
            Collections.shuffle(shuffled, new Random(7));
            assertThat(score(backend, 1, shuffled, new Batching(OptionalInt.of(9), shared)))
                    .containsExactlyInAnyOrderElementsOf(plain);
        }
    }

    private List<Answer> score(String backend, int threads, List<TokenRequest> items, Batching batching) {
        Places places = new Places(folder);
        try (Machine machine = places.machine(backend, threads);
                Checkpoint checkpoint = places.installation().open("stories260k");
                Decoder decoder = Decoder.load(checkpoint, machine.backend())) {
            return new Scorer(machine.backend(), batching)
                    .score(
                            decoder,
                            new TokenRequests(items, new StreamFacts(0, "none", false, 0)),
                            Progress.NONE,
                            "items");
        }
    }

    /** Items with contexts of 1 to 70 tokens, and two to five continuations of 1 to 15. */
    private static List<TokenRequest> items() {
        Random random = new Random(3);
        List<TokenRequest> items = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            int[] context = tokens(random, 1 + 3 * i);
            items.add(new TokenRequest.Choices(
                    "items",
                    i,
                    IntStream.range(0, 2 + i % 4)
                            .mapToObj(c -> continued(context, tokens(random, 1 + random.nextInt(15))))
                            .toList()));
        }
        return items;
    }

    private static TokenSequence continued(int[] context, int[] continuation) {
        int[] ids = Arrays.copyOf(context, context.length + continuation.length);
        System.arraycopy(continuation, 0, ids, context.length, continuation.length);
        return new TokenSequence(ids, context.length);
    }

    private static int[] tokens(Random random, int count) {
        return random.ints(count, 3, 512).toArray();
    }
}
