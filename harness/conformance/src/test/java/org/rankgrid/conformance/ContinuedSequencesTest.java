package org.rankgrid.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.model.weights.Fingerprints;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.BackendProvider;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;

/**
 * A sequence that continues another gives what one that repeats it gives, to the bit on the backends that promise the same
 * bits in any company: whole decoders, on every backend.
 */
class ContinuedSequencesTest {

    private static final Set<String> SAME_BITS = Set.of("scalar", "vector");
    private static final float LAST_BITS = 1e-4f;

    /** Of families, some of which take 64 positions. */
    private static final PackedSequences SHORT =
            PackedSequences.continuing(new int[] {33, 1, 12, 7, 20, 13, 1, 31}, new int[] {-1, -1, -1, 0, 2, 1, 0, 0});

    private static final PackedSequences LONG =
            PackedSequences.continuing(new int[] {193, 97, 5, 1, 41, 12, 96, 3}, new int[] {-1, -1, 0, 1, 1, 0, -1, 6});

    @TestFactory
    List<DynamicTest> continuingIsRepeating(@TempDir Path temporary) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (BackendProvider backend : Backends.available()) {
            tests.add(dynamicTest("stories260k, " + backend.id(), () -> {
                try (Checkpoint checkpoint =
                        new Places(temporary).installation().open("stories260k")) {
                    check(checkpoint, LONG, backend);
                }
            }));
            for (Path family : families()) {
                tests.add(dynamicTest(family.getFileName() + ", " + backend.id(), () -> {
                    try (Checkpoint checkpoint = open(family)) {
                        check(checkpoint, SHORT, backend);
                    }
                }));
            }
        }
        return tests;
    }

    private static List<Path> families() throws IOException {
        try (Stream<Path> folders = Files.list(Goldens.FOLDER.resolve("families"))) {
            return folders.sorted().toList();
        }
    }

    private static Checkpoint open(Path family) {
        return Checkpoint.open(family.getFileName().toString(), family, Fingerprints.unremembered(), () -> {
            throw new IllegalStateException("the golden families have no tokenizer");
        });
    }

    private static void check(Checkpoint checkpoint, PackedSequences batch, BackendProvider provider) {
        int[] ids = new Random(1)
                .ints(batch.tokens(), 0, checkpoint.spec().vocabulary())
                .toArray();
        int width = checkpoint.spec().hidden();
        try (Backend backend = provider.open(2);
                Decoder decoder = Decoder.load(checkpoint, backend)) {
            float[] continued = hidden(decoder, backend, ids, batch);
            for (int s = 0; s < batch.count(); s++) {
                int[] repeated = repeated(ids, batch, s);
                float[] plain = hidden(decoder, backend, repeated, PackedSequences.ofLengths(repeated.length));
                float[] found = Arrays.copyOfRange(continued, batch.start(s) * width, batch.end(s) * width);
                float[] expected = Arrays.copyOfRange(plain, batch.first(s) * width, plain.length);
                if (SAME_BITS.contains(provider.id())) {
                    assertThat(found).as("sequence %d", s).isEqualTo(expected);
                } else {
                    assertThat(found).as("sequence %d", s).containsExactly(expected, within(LAST_BITS));
                }
            }
        }
    }

    private static int[] repeated(int[] ids, PackedSequences batch, int s) {
        IntStream own = Arrays.stream(ids, batch.start(s), batch.end(s));
        int prefix = batch.prefix(s);
        return prefix < 0
                ? own.toArray()
                : IntStream.concat(Arrays.stream(ids, batch.start(prefix), batch.end(prefix)), own)
                        .toArray();
    }

    private static float[] hidden(Decoder decoder, Backend backend, int[] ids, PackedSequences batch) {
        try (Scope scope = backend.scope()) {
            float[] values = new float[ids.length * decoder.spec().hidden()];
            backend.download(decoder.hidden(ids, batch, scope), 0, ids.length, values);
            return values;
        }
    }
}
