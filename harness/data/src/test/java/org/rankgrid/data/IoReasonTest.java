package org.rankgrid.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class IoReasonTest {

    @Test
    void aReasonIsNeverOnlyAFilesName() {
        assertThat(IoReason.of(new AccessDeniedException("/x"))).isEqualTo("permission denied");
        assertThat(IoReason.of(new NoSuchFileException("/x"))).isEqualTo("/x does not exist");
        assertThat(IoReason.of(new FileSystemException("/x", null, "Not a directory")))
                .isEqualTo("Not a directory");
        assertThat(IoReason.of(new IOException("No space left on device"))).isEqualTo("No space left on device");
        assertThat(IoReason.of(new IOException())).isEqualTo("IOException");
    }
}
