package org.rankgrid.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.data.Environment;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.spi.InputException;

class OpenTokenizersTest {

    @TempDir
    private Path folder;

    @Test
    void aModelThatIsOpenedAgainHasTheTokenizerThatIsThere() {
        Installation installation = installation();

        try (Checkpoint first = installation.open("stories260k");
                Checkpoint second = installation.open("stories260k")) {
            assertThat(second.tokenizer()).isSameAs(first.tokenizer());
        }
    }

    @Test
    void whereNoneReadsAModelItIsSaid() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> installation().tokenizers().of("mine", folder.resolve("mine")))
                .withMessageContainingAll("model mine", "none of the tokenizers", "tokenizer.json");
    }

    private Installation installation() {
        return Installation.of(
                new Environment(Map.of(), folder, "Linux"), folder, Optional.of(folder), Optional.empty(), List.of());
    }
}
