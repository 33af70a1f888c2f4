package org.rankgrid.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.results.json.Json;
import org.rankgrid.results.json.JsonObject;
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
                        "--repetitions=2",
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
                .containsExactly("eval 64 126", "calibrate 64 128");
        assertThat(run.objects("timings"))
                .allSatisfy(
                        timing -> assertThat(timing.real("tokens_per_second")).isPositive());
    }

    @Test
    void theMedianIsReported() {
        Timing timing = new Timing("m", "eval", 512, 1000, List.of(4.0, 1.0, 2.0));
        assertThat(timing.tokensPerSecond()).isEqualTo(500);
        assertThat(timing.fastest()).isEqualTo(1000);
        assertThat(timing.slowest()).isEqualTo(250);
    }
}
