package org.rankgrid.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rankgrid.engine.run.WorkerTalk.Word;

class WorkerTalkTest {

    @Test
    void whatIsSaidIsUnderstood() {
        assertThat(WorkerTalk.parse(WorkerTalk.line(Word.COMPUTE, "cell-1", true, 0, 2)))
                .contains(new WorkerTalk(Word.COMPUTE, List.of("cell-1", "true", "0", "2")));
        assertThat(WorkerTalk.parse(WorkerTalk.line(Word.SPENT, "load components", 1.5)))
                .contains(new WorkerTalk(Word.SPENT, List.of("load components", "1.5")));
        assertThat(WorkerTalk.parse(WorkerTalk.line(Word.READY))).contains(new WorkerTalk(Word.READY, List.of()));
    }

    @Test
    void whatAPluginPrintsIsNoPartOfTheTalk() {
        assertThat(WorkerTalk.parse("training epoch 3")).isEmpty();
        assertThat(WorkerTalk.parse("DONE.")).isEmpty();
        assertThat(WorkerTalk.parse("")).isEmpty();
    }
}
