package org.rankgrid.tasks.perplexity;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.rankgrid.data.corpus.CorpusLibrary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What the Python original makes of strings and pages; the README beside the files says how they were made. */
final class WikitextFixture {

    private static final ObjectMapper JSON = new ObjectMapper();

    private WikitextFixture() {}

    static List<JsonNode> lines(String file) {
        try (InputStream in = requireNonNull(WikitextFixture.class.getResourceAsStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(JSON::readTree)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The pages of the bundled text. */
    static List<String> pages() {
        return WikitextPages.of(new CorpusLibrary(Optional.empty(), Path.of(".")).documents("wikitext2-test"));
    }
}
