package org.rankgrid.results.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.option.FileContent;
import org.rankgrid.spi.task.Score;

class CellCodecTest {

    private static final String GOLDEN = """
            {
              "schema": 1,
              "cell": {
                "model": "stories260k",
                "factorization": "pca",
                "allocator": "mgaa",
                "options": {
                  "alpha": 0.35,
                  "similarity": "residual"
                },
                "ratio": 0.2,
                "seed": 0
              },
              "status": "ok",
              "params": {
                "linear_dense": 200000,
                "linear_kept": 160000,
                "budget": 160000,
                "raw": 159999.75,
                "model_kept": 220000,
                "bytes": 880000,
                "macs_per_token": 192768
              },
              "scores": [ {
                "task": "tinystories",
                "metric": "ppl",
                "value": 6.25,
                "stderr": 0.05,
                "n": 400,
                "protocol": {
                  "name": "documents",
                  "window": 512,
                  "windows": 400,
                  "tokens": 34816,
                  "predicted": 34416,
                  "bos": "tokenizer"
                }
              } ],
              "cost": {
                "seconds": 2.5,
                "tokens": 34816,
                "trials": 0,
                "allocation_seconds": 0.0,
                "tokens_forwarded": 0,
                "tokens_trained": 0,
                "tokens_per_second": 17408.0,
                "scoring_seconds": 2.0,
                "stages": {
                  "score": 2.0
                }
              },
              "provenance": {
                "identity": "cafe",
                "tasks": {
                  "tinystories": "fingerprint of tinystories"
                },
                "backend": {
                  "id": "scalar",
                  "threads": "2"
                }
              }
            }
            """;

    private static final CellResult SAMPLE = Samples.result(
            Samples.cell("mgaa", "0.2", "alpha", 0.35, "similarity", "residual"),
            "cafe",
            Samples.ppl("tinystories", 6.25));

    @Test
    void writesTheNamesThatScriptsHangOn() {
        assertThat(CellCodec.write(SAMPLE)).isEqualTo(GOLDEN);
    }

    @Test
    void readsBackWhatItWrote() {
        assertThat(read(GOLDEN)).isEqualTo(SAMPLE);
    }

    @Test
    void aFailureKeepsItsSentenceAndKind() {
        CellResult failed = Samples.failed(CellSpec.dense("m"), "beef", "layer q: the Gram matrix is not finite");

        String text = CellCodec.write(failed);

        assertThat(text)
                .contains("\"status\": \"failed\",\n  \"error\": \"layer q: the Gram matrix is not finite\",\n"
                        + "  \"error_kind\": \"numerics\",\n  \"params\": null,")
                .contains("\"factorization\": null")
                .contains("\"ratio\": 0,\n    \"seed\": null");
        assertThat(read(text)).isEqualTo(failed);
    }

    @Test
    void anyResultReadsBackToItself() {
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            CellResult result = random(random);
            assertThat(read(CellCodec.write(result))).isEqualTo(result);
        }
    }

    @Test
    void anOptionThatIsAFileIsRecordedByNameAndHash() {
        CellSpec cell = Samples.cell("ranks", "0", "file", new FileContent("ranks.json", new byte[3], "abc"));

        assertThat(cell.options()).isEqualTo(Samples.map("file", Samples.map("file", "ranks.json", "sha256", "abc")));
        CellResult result = Samples.result(cell, "x");
        assertThat(read(CellCodec.write(result))).isEqualTo(result);
    }

    @Test
    void refusesAScoreThatIsNotFinite() {
        CellResult broken = Samples.result(SAMPLE.cell(), "x", Samples.ppl("t", Double.NaN));

        assertThatIllegalArgumentException().isThrownBy(() -> CellCodec.write(broken));
    }

    @Test
    void namesANewerSchemaBeforeItsUnknownKeys() {
        String newer = GOLDEN.replace("\"schema\": 1", "\"schema\": 2").replace("\"status\"", "\"state\"");

        assertThatExceptionOfType(NewerSchemaException.class)
                .isThrownBy(() -> read(newer))
                .withMessage("r.json was written by a newer rankgrid (schema 2, this one reads 1): use that version, or"
                        + " another folder");
    }

    @Test
    void refusesUnknownKeysAndStatuses() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read(GOLDEN.replace("\"trials\": 0", "\"trials\": 0, \"euros\": 3")))
                .withMessage("r.json: cost.euros is not a key that belongs there");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read(GOLDEN.replace("\"ok\"", "\"fine\"")))
                .withMessage("r.json: status is 'fine', but 'ok' or 'failed' was expected");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read(GOLDEN.replace("\"n\": 400", "\"n\": -1")))
                .withMessage("r.json: scores[0].n is -1, but a count was expected");
    }

    @Test
    void damagedBytesAreASentenceOrAResultButNeverAnythingElse() {
        byte[] good = GOLDEN.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(3);
        for (int i = 0; i < 3000; i++) {
            byte[] bad = good.clone();
            for (int k = 0; k <= random.nextInt(4); k++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(10) == 0 ? random.nextInt(bad.length) : bad.length;
            try {
                CellCodec.read("r.json", java.util.Arrays.copyOf(bad, length));
            } catch (InputException e) {
                assertThat(e).hasMessageStartingWith("r.json").hasMessageNotContaining("\n");
            }
        }
    }

    @Test
    void theExpansionReadsBackInItsOrder() {
        List<PlannedCell> cells = List.of(
                new PlannedCell("stories260k-dense-01234567", CellSpec.dense("stories260k")),
                new PlannedCell("stories260k-pca-mgaa-r0.2-89abcdef", SAMPLE.cell()));

        String text = CellCodec.writeCells(cells);

        assertThat(CellCodec.readCells("cells.json", text.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(cells);
    }

    @Test
    void anIdThatLeavesTheFolderIsRefused() {
        String text = CellCodec.writeCells(List.of(new PlannedCell("id", CellSpec.dense("m"))))
                .replace("\"id\": \"id\"", "\"id\": \"../../etc\"");

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> CellCodec.readCells("cells.json", text.getBytes(StandardCharsets.UTF_8)))
                .withMessage("cells.json: cells[0].id cannot be the id of a cell");
    }

    private static CellResult read(String text) {
        return CellCodec.read("r.json", text.getBytes(StandardCharsets.UTF_8));
    }

    private static CellResult random(Random random) {
        CellSpec cell = new CellSpec(
                text(random),
                maybe(random, text(random)),
                Samples.map("groups", random.nextLong()),
                text(random),
                Samples.map("alpha", real(random), "flag", random.nextBoolean(), "word", text(random)),
                maybe(random, new BigDecimal(random.nextInt(1000)).movePointLeft(3)),
                random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty());
        List<Score> scores = new ArrayList<>();
        SequencedMap<String, String> tasks = new LinkedHashMap<>();
        for (int s = 0; s < random.nextInt(4); s++) {
            tasks.put("task" + s, text(random));
            scores.add(new Score(
                    "task" + s,
                    "ppl",
                    real(random),
                    random.nextBoolean() ? OptionalDouble.of(real(random)) : OptionalDouble.empty(),
                    random.nextInt(Integer.MAX_VALUE),
                    Samples.map("window", random.nextLong(), "limited", true, "bos", text(random))));
        }
        SequencedMap<String, Double> stages = new LinkedHashMap<>();
        stages.put(text(random), real(random));
        return new CellResult(
                cell,
                random.nextBoolean() ? new Outcome.Ok() : new Outcome.Failed("input", text(random)),
                maybe(
                        random,
                        new Params(
                                random.nextLong(),
                                random.nextLong(),
                                random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
                                random.nextBoolean() ? OptionalDouble.of(real(random)) : OptionalDouble.empty(),
                                random.nextLong(),
                                random.nextLong(),
                                random.nextLong())),
                scores,
                new Cost(
                        real(random),
                        random.nextInt(1000),
                        1 + random.nextInt(9),
                        new AllocationCost(
                                Math.abs(real(random)), random.nextInt(9), random.nextInt(9), random.nextInt(9)),
                        stages),
                new Provenance(text(random), tasks, Samples.map("list", List.of(1L, "a", Samples.map("x", 0.5)))));
    }

    private static <T> Optional<T> maybe(Random random, T value) {
        return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }

    private static double real(Random random) {
        return random.nextGaussian() * Math.pow(10, random.nextInt(-300, 300));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < random.nextInt(12); i++) {
            int c = random.nextInt(0x3000);
            text.append(Character.isDefined(c) ? Character.toString(c) : "\"\\\n😀");
        }
        return text.toString();
    }
}
