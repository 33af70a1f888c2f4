package org.rankgrid.allocators.ranks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.FileContent;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.spi.rank.Role;
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.SyntheticStatistics;
import org.rankgrid.testkit.SyntheticStatistics.Kind;

/** Files of ranks by type and files of Dobi-SVD. */
class RanksFormatsTest {

    /** Three blocks of two layers. */
    private static final List<Layer> LAYERS = List.of(
            new Layer("h.0.q", 0, Role.Q, 8, 8),
            new Layer("h.0.up", 0, Role.UP, 8, 24),
            new Layer("h.1.q", 1, Role.Q, 8, 8),
            new Layer("h.1.up", 1, Role.UP, 8, 24),
            new Layer("h.2.q", 2, Role.Q, 8, 8),
            new Layer("h.2.up", 2, Role.UP, 8, 24));

    private static final String BY_TYPE =
            "{\"source\": \"here\", \"groups\": [{\"q\": 2, \"up\": 0.5, \"gate\": 9}, {\"q\": \"dense\", \"up\": 1.0}]}";

    @Nested
    class ByType extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new RanksAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return Map.of(
                    "file",
                    file("{\"groups\": [{\"q\": 3, \"k\": 3, \"v\": \"dense\", \"o\": 0.75, \"gate\": 0.01, \"up\": 5,"
                            + " \"down\": 1.0}, {\"q\": 1, \"k\": 1, \"v\": 1, \"o\": 1, \"gate\": 1, \"up\": 1, \"down\":"
                            + " 1}]}"));
        }
    }

    @Nested
    class Gammas extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new RanksAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return Map.of(
                    "gamma-length",
                    64L,
                    "file",
                    file(layers.stream()
                            .map(layer -> "\"" + layer.key() + "\": " + (3.25 + layer.block()))
                            .collect(Collectors.joining(", ", "{", ", \"ppl\": [9.5, 8.25], \"lr\": 4.0}"))));
        }
    }

    @Test
    void typesHaveRanksOrSharesGroupByGroup() {
        // Three blocks in two groups: the first two are one. Half of 8 x 24 is rank 3, of which nothing is rounded.
        assertThat(wish(BY_TYPE, 0)).isEqualTo(new RankWish(2, 3, 2, 3, RankWish.DENSE, RankWish.DENSE));
    }

    /** The rank of a gamma is gamma min(m, n) / T: here a quarter; break-even ranks are 4 and 6. */
    @Test
    void gammasBecomeRanksOfTheWeight() {
        String text = """
                {"h.0.q": 4.0, "h.0.up": 11.99, "h.1.q": 15.999, "h.1.up": 24, "h.2.q": 16.0, "h.2.up": 1e-1,
                 "ppl": [19.9, 11.2], "compression_ratio": 0.4, "lr": 4.0, "PPL_ORIG": 5.5}
                """;
        assertThat(wish(text, 32)).isEqualTo(new RankWish(1, 2, 3, RankWish.DENSE, RankWish.DENSE, 1));
    }

    @Test
    void gammasWithoutTheirLengthAreExplained() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> wish("{\"h.0.q\": 4.5, \"PPL_ORIG\": 5.5}", 0))
                .withMessage(
                        "r.json holds gammas of Dobi-SVD, expected ranks: give the option gamma-length, 2048 for the"
                                + " released files.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"groups\": 3} | r.json:1:12: found '3', expected an array of groups",
                "{\"groups\": []} | r.json:1:12: found '[', expected an array of groups",
                "{\"groups\": [1]} | r.json:1:13: found '1', expected a group, an object",
                "{\"groups\": [{}]} | r.json:1:13: the group says nothing of 'q', which the model has",
                "{\"groups\": [{\"q\": 1}]} | r.json:1:13: the group says nothing of 'up', which the model has",
                "{\"groups\": [{\"qq\": 1}]} | r.json:1:14: 'qq' is not a type of layer (did you mean 'q'?), expected one of"
                        + " down, gate,",
                "{\"group\": 1, \"groups\": [{}]} | r.json:1:2: 'group' is not a member of a list of ranks (did you mean"
                        + " 'groups'?)",
                "{\"groups\": [{\"q\": 9, \"up\": 1}]} | r.json:1:14: 'h.0.q' has rank 9, expected 1 to 8",
                "{\"groups\": [{\"q\": 1.5, \"up\": 1}]} | r.json:1:19: found '1', expected a share above 0",
                "{\"groups\": [{\"q\": 0.0, \"up\": 1}]} | r.json:1:19: found '0', expected a share above 0",
                "{\"groups\": [{\"q\": .5, \"up\": 1}]} | r.json:1:19: found '.', expected a share above 0",
                "{\"groups\": [{\"q\": \"all\", \"up\": 1}]} | r.json:1:19: found '\"', expected a whole rank or \"dense\"",
                "{\"groups\": [{}, {}, {}, {}]} | r.json:1:1: the list has 4 groups of blocks, but the model only 3 blocks"
            })
    void whatIsWrongInAListIsToldWithItsPlace(String text, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> wish(text, 0))
                .withMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"h.0.q\": \"dense\"} | r.json names 1 of the model's 6 layers and lacks 'h.0.up' and 4 more",
                "{\"h.0\": 1} | r.json:1:2: 'h.0' is no compressible layer",
                "{\"h.0.q\": -1, ALL} | r.json:1:11: found '-', expected the gamma of a layer",
                "{\"h.0.q\": NaN, ALL} | r.json:1:11: found 'N', expected the gamma of a layer",
                "{\"h.0.q\": 1e999, ALL} | r.json:1:11: found '1', expected the gamma of a layer",
                "{\"h.0.q\": [1], ALL} | r.json:1:11: found '[', expected the gamma of a layer"
            })
    void whatIsWrongInAFileOfGammasIsToldWithItsPlace(String text, String message) {
        String rest = "\"h.0.up\": 1, \"h.1.q\": 1, \"h.1.up\": 1, \"h.2.q\": 1, \"h.2.up\": 1";
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> wish(text.replace("ALL", rest), 8))
                .withMessageStartingWith(message);
    }

    @Test
    void bracketsMayNotGoTooDeep() {
        String deep = "{\"groups\": " + "[".repeat(100_000);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> wish(deep, 0))
                .withMessageContaining("expected at most 32 brackets inside each other");
    }

    @Test
    void anyBytesSurvive() {
        byte[] good = BY_TYPE.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(5);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = Arrays.copyOf(good, random.nextInt(10) == 0 ? random.nextInt(good.length) : good.length);
            for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) "{}[]\",:\\ue.-+019qd \n\u00ff".charAt(random.nextInt(21));
            }
            for (long length : new long[] {0, 32}) {
                try {
                    wish(new FileContent("r.json", bytes, "0"), length);
                } catch (InputException e) {
                    assertThat(e.getMessage()).startsWith("r.json").endsWith(".");
                }
            }
        }
    }

    private static RankWish wish(String text, long length) {
        return wish(file(text), length);
    }

    private static RankWish wish(FileContent file, long length) {
        Allocator allocator = new RanksAllocator();
        return allocator.allocate(new Allocation(
                Budget.of(BigDecimal.ZERO, LAYERS),
                LAYERS,
                new SyntheticStatistics(Set.of(), List.of(), Kind.TIED),
                Options.of(allocator.options(), Map.of("file", file, "gamma-length", length)),
                0));
    }

    private static FileContent file(String text) {
        return new FileContent("r.json", text.getBytes(StandardCharsets.UTF_8), "0");
    }
}
