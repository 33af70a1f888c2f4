package org.rankgrid.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PythonRandomTest {

    /** Lines of python-random.txt, written by python-random.py beside it. */
    static List<String> vectors() throws IOException {
        try (InputStream in = Objects.requireNonNull(PythonRandomTest.class.getResourceAsStream("python-random.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void drawsWhatPythonDraws(String vector) {
        String[] words = vector.split(" ", -1);
        PythonRandom random = new PythonRandom(Long.parseLong(words[0]));
        long[] arguments = words[2].equals("-")
                ? new long[0]
                : Arrays.stream(words[2].split(",", -1))
                        .mapToLong(Long::parseLong)
                        .toArray();
        Supplier<Object> draw = switch (words[1]) {
            case "random" -> random::random;
            case "getrandbits" -> () -> random.getrandbits((int) arguments[0]);
            case "randrange" -> () -> random.randrange(arguments[0]);
            default -> () -> random.randint(arguments[0], arguments[1]);
        };
        String[] expected = Arrays.copyOfRange(words, 3, words.length);
        if (words[1].equals("random")) {
            List<Object> drawn = Stream.generate(draw).limit(700).toList();
            assertThat(Stream.concat(drawn.subList(0, 3).stream(), drawn.subList(697, 700).stream()))
                    .containsExactly((Object[])
                            Arrays.stream(expected).map(Double::valueOf).toArray(Double[]::new));
        } else {
            assertThat(Stream.generate(draw).limit(expected.length).map(String::valueOf))
                    .containsExactly(expected);
        }
    }

    @Test
    void drawsTheCalibrationOffsetsOfTheReferences() {
        assertThat(offsets(50_354, 256)).containsExactly(STORIES_OFFSETS);
        assertThat(offsets(231_357, 512)).containsExactly(SMOLLM_OFFSETS);
    }

    private static long[] offsets(int tokens, int length) {
        PythonRandom random = new PythonRandom(0);
        return LongStream.generate(() -> random.randrange(tokens - length + 1))
                .limit(64)
                .toArray();
    }

    @Test
    void drawsTheNormalNumbersOfPython() {
        // [r.gauss(0, 1) for _ in range(4)], r.random() of CPython 3.11
        PythonRandom random = new PythonRandom(42);
        double[] expected = {-0.14409032957792836, -0.1729036003315193, -0.11131586156766246, 0.7019837250988631};
        for (double value : expected) {
            assertThat(random.gauss()).isCloseTo(value, within(1e-15));
        }
        assertThat(random.random()).isEqualTo(0.7364712141640124);
    }

    @Test
    void staysInRangeAndReachesEveryValue() {
        PythonRandom random = new PythonRandom(7);
        assertThat(IntStream.range(0, 1000).mapToObj(i -> random.randint(-2, 2)))
                .containsOnly(-2L, -1L, 0L, 1L, 2L);
        assertThat(random.getrandbits(0)).isZero();
    }

    @Test
    void refusesEmptyRangesAndTooManyBits() {
        PythonRandom random = new PythonRandom(0);
        assertThatIllegalArgumentException().isThrownBy(() -> random.randrange(0));
        assertThatIllegalArgumentException().isThrownBy(() -> random.randint(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> random.getrandbits(64));
        assertThatIllegalArgumentException().isThrownBy(() -> random.getrandbits(-1));
    }

    /** Offsets of the stories260K goldens: seed 0, 64 sequences of 256 in 50,354 tokens. */
    private static final long[] STORIES_OFFSETS = {
        25247, 49673, 27562, 2653, 16968, 33506, 31845, 26537, 19877, 31234, 23465, 38232, 14315, 33075, 9127, 18470,
        9158, 49532, 6214, 40525, 16417, 34902, 46214, 39446, 9631, 20325, 6472, 47830, 4832, 44825, 21639, 30942,
        36687, 6599, 23186, 28453, 20722, 40035, 41970, 13400, 36210, 31261, 29012, 34167, 17071, 4081, 35959, 920,
        6112, 47166, 26137, 46547, 43788, 40977, 74, 40101, 32347, 21832, 15984, 47859, 21312, 46113, 4127, 12521
    };

    /** Offsets of the SmolLM2 goldens: seed 0, 64 sequences of 512 in 231,357 tokens. */
    private static final long[] SMOLLM_OFFSETS = {
        221360, 100989, 198693, 110250, 10612, 67873, 134027, 127383, 106151, 205468, 217540, 79511, 124937, 93860,
        152930, 57263, 132300, 36509, 73882, 36633, 198129, 24859, 162101, 209558, 65668, 139608, 184856, 212393,
        157785, 38525, 81303, 25890, 191321, 19331, 222946, 179302, 86559, 123769, 146751, 26398, 92744, 113815, 82889,
        160140, 167883, 53602, 144840, 125045, 116049, 226835, 136669, 68286, 16326, 211033, 143838, 3680, 24450,
        188666, 220224, 104549, 186188, 216228, 205795, 175152
    };
}
