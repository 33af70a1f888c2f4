package org.rankgrid.data.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.data.Environment;
import org.rankgrid.spi.InputException;

class ModelStoreTest {

    @TempDir
    private Path folder;

    private Path grid;
    private ModelStore store;

    @BeforeEach
    void makeStore() throws IOException {
        grid = Files.createDirectory(folder.resolve("grid"));
        Environment environment =
                new Environment(Map.of("HF_HUB_CACHE", folder.resolve("hub").toString()), folder, "Linux");
        store = new ModelStore(folder.resolve("cache"), grid, environment);
    }

    @Test
    void theBundledModelIsUnpackedOnceAndMendedIfItWasAltered() throws IOException {
        Path model = store.resolve("stories260k");
        assertThat(model).isEqualTo(folder.resolve("cache/models/stories260k"));
        try (Stream<Path> files = Files.list(model)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json");
        }
        Path weights = model.resolve("model.safetensors");
        assertThat(weights).hasSize(1_044_992);
        Object before = Files.readAttributes(weights, "*").get("lastModifiedTime");
        Files.writeString(model.resolve("config.json"), "{}");
        assertThat(store.pull("stories260k", _ -> {})).isEqualTo(model);
        assertThat(model.resolve("config.json")).content().contains("LlamaForCausalLM");
        assertThat(Files.readAttributes(weights, "*").get("lastModifiedTime")).isEqualTo(before);
    }

    @Test
    void foldersAndGgufFilesAreTakenRelativeToTheGrid() throws IOException {
        Path model = Files.createDirectory(grid.resolve("mine"));
        assertThatThrownBy(() -> store.resolve("mine"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds no config.json");
        Files.writeString(model.resolve("config.json"), "{}");
        Path gguf = Files.writeString(grid.resolve("small.gguf"), "GGUF");
        Files.writeString(grid.resolve("small.bin"), "");
        assertThat(store.resolve("mine")).isEqualTo(model);
        assertThat(store.resolve("small.gguf")).isEqualTo(gguf);
        assertThat(store.resolve(model.toString())).isEqualTo(model);
        assertThatThrownBy(() -> store.resolve("small.bin"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected a folder in the Hugging Face layout or a file that ends in .gguf");
    }

    @Test
    void aRepositoryInTheHubCacheIsFound() throws IOException {
        String commit = "a".repeat(40);
        Path repository = folder.resolve("hub/models--org--name");
        Path snapshot = Files.createDirectories(repository.resolve("snapshots").resolve(commit));
        Files.createDirectories(repository.resolve("refs"));
        Files.writeString(repository.resolve("refs/main"), commit);
        Files.writeString(snapshot.resolve("config.json"), "{}");
        assertThat(store.resolve("org/name")).isEqualTo(snapshot);
    }

    @Test
    void unknownAndUnpulledModelsAreSaidInOneSentence() {
        assertThatThrownBy(() -> store.resolve("smollm-135m"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("There is no model 'smollm-135m' (did you mean 'smollm2-135m'?): known are")
                .hasMessageContaining("not in the hub cache");
        assertThatThrownBy(() -> store.resolve("smollm2-135m"))
                .isInstanceOf(InputException.class)
                .hasMessage("The model smollm2-135m is not here yet, get it with 'rankgrid models pull smollm2-135m'.");
        assertThatThrownBy(() -> store.resolve("a\0b")).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> store.pull("org/name", _ -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("There is no model 'org/name' to pull");
    }

    @Test
    void theListingSaysWhatIsHereAndHowToGetTheRest() {
        assertThat(store.known()).extracting(KnownModel::name).containsExactly("stories260k", "smollm2-135m");
        assertThat(store.known())
                .extracting(KnownModel::state)
                .containsExactly(KnownModel.State.BUNDLED, KnownModel.State.NOT_PULLED);
        assertThat(store.known().getLast().next()).startsWith("rankgrid models pull smollm2-135m");
    }

    @Test
    void aCacheThatCannotBeWrittenIsSaidInOneSentence() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        ModelStore blocked = new ModelStore(file, grid, new Environment(Map.of(), folder, "Linux"));
        assertThatThrownBy(() -> blocked.resolve("stories260k"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be written")
                .hasMessageEndingWith("choose another with --cache or RANKGRID_CACHE.");
    }
}
