package org.rankgrid.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.cli.bench.MachineProbe;
import org.rankgrid.cli.bench.Provenance;
import org.rankgrid.results.json.Json;
import org.rankgrid.results.json.JsonObject;
import org.rankgrid.spi.InputException;
import picocli.CommandLine;

class EndToEndTest {

    @Test
    void aRunAppendsOneLineToTheHistory(@TempDir Path folder) throws Exception {
        Path history = folder.resolve("history.jsonl");
        Files.writeString(history, "{\"earlier\":1}\n");
        int code = new CommandLine(new EndToEnd(new MachineProbe.Effort(1000, 1 << 20)))
                .execute(
                        "--model=stories260k",
                        "--window=64,2048",
                        "--tokens=128",
                        "--rounds=2",
                        "--work=all",
                        "--threads=1",
                        "--cache=" + folder,
                        "--history=" + history);
        assertThat(code).isZero();
        List<String> lines = Files.readAllLines(history);
        assertThat(lines).hasSize(2).first().isEqualTo("{\"earlier\":1}");
        JsonObject run = Json.parse("history", lines.get(1).getBytes(StandardCharsets.UTF_8));
        assertThat(run.text("cpu")).isEqualTo(Provenance.cpu());
        assertThat(run.object("backend").text("id")).isEqualTo("vector");
        // The model has 512 positions: it is not scored at 2048. The last token of a window is not run.
        assertThat(run.objects("timings"))
                .extracting(timing -> timing.text("work") + " " + timing.whole("window") + " " + timing.whole("tokens"))
                .containsExactly(
                        "eval 64 126",
                        "blocks 64 128",
                        "calibrate 64 128",
                        "uniform-0.4 64 126",
                        "mask-step 64 128",
                        "zero-shot 0 " + zeroShotTokens(run),
                        "zero-shot-shared 0 " + zeroShotTokens(run));
        assertThat(run.objects("costs_of_a_token"))
                .extracting(ratio -> ratio.text("work") + " beside " + ratio.text("beside"))
                .containsExactly(
                        "calibrate beside eval",
                        "calibrate beside blocks",
                        "uniform-0.4 beside eval",
                        "uniform-0.4 beside blocks",
                        "mask-step beside eval",
                        "mask-step beside blocks");
        assertThat(run.objects("costs_of_a_token"))
                .allSatisfy(ratio ->
                        assertThat(ratio.real("lowest")).isPositive().isLessThanOrEqualTo(ratio.real("median")));
        assertThat(run.objects("timings"))
                .allSatisfy(
                        timing -> assertThat(timing.real("tokens_per_second")).isPositive());
    }

    private static long zeroShotTokens(JsonObject run) {
        long tokens = run.objects("timings").getLast().whole("tokens");
        assertThat(tokens).isGreaterThan(1000);
        return tokens;
    }

    @Test
    void aTokensCostIsComparedRoundByRound() {
        Timing eval = new Timing("m", "eval", 512, 100, List.of(1.0, 2.0, 1.0));
        Timing calibrate = new Timing("m", "calibrate", 512, 200, List.of(3.0, 4.0, 4.0));
        assertThat(calibrate.timesTheCostOf(eval).values()).containsExactly(1.5, 1.0, 2.0);
        assertThat(calibrate.timesTheCostOf(eval).median()).isEqualTo(1.5);
        assertThat(new Spread(List.of(4.0, 1.0, 3.0, 2.0)).median()).isEqualTo(2);
    }

    @Test
    void anUnknownPieceOfWorkIsNamed() {
        EndToEnd command = CommandLine.populateCommand(
                new EndToEnd(new MachineProbe.Effort(1000, 1 << 20)), "--work=calibrat", "--tokens=64");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(command::call)
                .withMessageContaining("did you mean 'calibrate'?");
    }

    @Test
    void theMedianIsReported() {
        Timing timing = new Timing("m", "eval", 512, 1000, List.of(4.0, 1.0, 2.0));
        assertThat(timing.tokensPerSecond()).isEqualTo(500);
        assertThat(timing.fastest()).isEqualTo(1000);
        assertThat(timing.slowest()).isEqualTo(250);
    }
}
