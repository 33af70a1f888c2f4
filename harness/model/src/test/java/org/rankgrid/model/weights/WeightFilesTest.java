package org.rankgrid.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.spi.InputException;

class WeightFilesTest {

    @TempDir
    Path folder;

    @Test
    void everyFormIsOpened() throws IOException {
        Path gguf = GgufFileTest.copyTo(folder.resolve("Model.GGUF"));
        Path safetensors = SafetensorsFileTest.copyTo(folder.resolve("model.safetensors"));
        try (Weights weights = WeightFiles.open(gguf, Fingerprints.unremembered())) {
            assertThat(weights).isInstanceOf(GgufWeights.class);
            assertThat(weights.fingerprint()).hasSize(64);
        }
        try (Weights weights = WeightFiles.open(safetensors, Fingerprints.unremembered())) {
            assertThat(weights.names()).contains("brain");
        }
        try (Weights weights = WeightFiles.open(folder, Fingerprints.unremembered())) {
            assertThat(weights.names()).contains("brain");
        }
    }

    @Test
    void whatIsNoModelIsRefused() throws IOException {
        Path text = Files.createFile(folder.resolve("model.txt"));
        assertThatThrownBy(() -> WeightFiles.open(text, Fingerprints.unremembered()))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        text + " is no model; expected a folder in the Hugging Face layout, a .safetensors file or a"
                                + " .gguf file.");
        Path typo = folder.resolve("mode.txt");
        assertThatThrownBy(() -> WeightFiles.open(typo, Fingerprints.unremembered()))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("no such file or folder", "did you mean 'model.txt'");
    }
}
