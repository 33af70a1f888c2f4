package org.rankgrid.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.spi.Plugin;
import org.rankgrid.spi.text.TokenizerProvider;

class TokenizerProvidersTest {

    @TempDir
    private Path folder;

    private final List<TokenizerProvider> providers = ServiceLoader.load(TokenizerProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    @Test
    void bothKindsAreFound() {
        assertThat(providers).extracting(Plugin::id).contains("gguf", "huggingface");
    }

    @Test
    void everyModelIsReadByTheProviderOfItsKind() throws IOException {
        Path gguf = Files.writeString(folder.resolve("m.gguf"), "GGUF");
        Path model = Files.createDirectory(folder.resolve("model"));
        assertThat(idsThatRead(gguf)).containsExactly("gguf");
        assertThat(idsThatRead(model)).isEmpty();
        Files.writeString(model.resolve("tokenizer.json"), TinyTokenizers.words());
        assertThat(idsThatRead(model)).containsExactly("huggingface");
        assertThat(idsThatRead(folder.resolve("none.gguf"))).isEmpty();
        assertThat(new HuggingFaceTokenizerProvider().open(model).encode("a b", true))
                .containsExactly(2, 3);
    }

    private List<String> idsThatRead(Path model) {
        return providers.stream()
                .filter(provider -> provider.reads(model))
                .map(Plugin::id)
                .toList();
    }
}
