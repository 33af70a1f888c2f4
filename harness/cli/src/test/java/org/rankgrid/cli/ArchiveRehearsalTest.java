package org.rankgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveRehearsalTest {

    @Test
    void everyVerbOfItSucceedsAndNothingIsLeft(@TempDir Path folder) throws IOException {
        Path stage = Files.createDirectory(folder.resolve("stage"));

        assertThat(ArchiveRehearsal.rehearse(stage)).isEqualTo(ExitCode.OK);
        assertThat(folder).isEmptyDirectory();
    }
}
