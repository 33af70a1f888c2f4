package org.rankgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.rankgrid.engine.Progress;

class TerminalProgressTest {

    private final StringWriter text = new StringWriter();

    @Test
    void whereNobodyWatchesAShortStepIsSilent() {
        TerminalProgress progress = new TerminalProgress(new PrintWriter(text), false);

        work(progress);
        progress.say("a cell is done");

        assertThat(text.toString()).isEqualTo("a cell is done" + System.lineSeparator());
    }

    @Test
    void onATerminalOneLineIsDrawnAnewAndErasedAtTheEnd() {
        TerminalProgress progress = new TerminalProgress(new PrintWriter(text), true);

        work(progress);

        assertThat(text.toString())
                .contains("\r\u001b[Kgrid: task")
                .endsWith("\r\u001b[K")
                .doesNotContain("\n");
    }

    @Test
    void aLineThatWouldWrapIsCut() {
        TerminalProgress progress = new TerminalProgress(new PrintWriter(text), true);

        try (Progress.Step step = progress.begin("x".repeat(500), 10, "things")) {
            step.advance(1);
        }

        assertThat(text.toString().split("\r\u001b\\[K", -1)).allMatch(line -> line.length() < 80);
    }

    @Test
    void durationsAreSaidAsPeopleSayThem() {
        assertThat(TerminalProgress.duration(Duration.ofSeconds(42))).isEqualTo("42 s");
        assertThat(TerminalProgress.duration(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
        assertThat(TerminalProgress.duration(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
    }

    @Test
    void aSearchIsNamedBesideWhatItDoes() {
        TerminalProgress progress = new TerminalProgress(new PrintWriter(text), true);

        try (Progress.Step grid = progress.begin("grid", 100, "MFLOP");
                Progress.Step search = progress.beginOpenEnded("allocator bayesian");
                Progress.Step trial = progress.begin("trial 3", 4, "sequences")) {
            trial.advance(1);
            search.advance(0);
            grid.advance(0);
        }

        assertThat(text.toString()).contains("grid: allocator bayesian: trial 3");
    }

    private static void work(Progress progress) {
        try (Progress.Step grid = progress.begin("grid", 100, "MFLOP");
                Progress.Step task = progress.begin("task", 10, "tokens")) {
            task.advance(5);
            grid.advance(50);
        }
    }
}
