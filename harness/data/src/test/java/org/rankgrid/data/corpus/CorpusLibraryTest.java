package org.rankgrid.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.spi.InputException;

class CorpusLibraryTest {

    @TempDir
    private Path folder;

    private Path data;
    private Path grid;
    private CorpusLibrary library;

    @BeforeEach
    void makeFolders() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        grid = Files.createDirectory(folder.resolve("grid"));
        library = new CorpusLibrary(Optional.of(data), grid);
    }

    @ParameterizedTest
    @CsvSource({
        "tinystories-test, 400",
        "tinystories, 700",
        "tinystories-validation, 130",
        "wikitext2-test, 4358",
        "wikitext2-train-head, 2119",
        "wikitext2-valid-head, 247",
    })
    void bundledCorporaHaveTheirPublishedNumbersOfDocuments(String name, int documents) {
        assertThat(library.documents(name)).hasSize(documents);
        assertThat(CorpusLibrary.bundled()).contains(name);
    }

    /** Hashes of data/README, of the files from which the corpora were bundled. */
    @ParameterizedTest
    @CsvSource({
        "wikitext2-test, 696cca6b65a171b0a358a4be6732cdfdf2dd6164a32e20fd70e3c13fc4dfae83",
        "wikitext2-train-head, 38b897c7dbdffa3761182c0e615c28e4135bfeb1a857cd60adfedd6a74b7d693",
        "wikitext2-valid-head, d600678261fc9f1eb2e0ff57419c2e55870ab6e77f27d504c64676fd5b79c100",
    })
    void joinedTextsAreThoseThatAreMeasuredElsewhere(String name, String sha256) {
        assertThat(sha256(library.joined(name))).isEqualTo(sha256);
    }

    @Test
    void theThreeTinystoriesCorporaAreTheWholeFileInOrder() {
        String whole = String.join(
                        "\n\n",
                        library.joined("tinystories-test"),
                        library.joined("tinystories"),
                        library.joined("tinystories-validation"))
                + "\n";
        assertThat(sha256(whole)).isEqualTo("727e8b228375be3075114c20729c93ed6e81ae5d8fe7faf7cb54b304f0322d70");
    }

    @Test
    void hardRowsOfWikitextAreRight() {
        List<String> rows = library.documents("wikitext2-test");
        assertThat(rows.subList(0, 3)).containsExactly("", " = Robert Boulter = \n", "");
        assertThat(library.joined("wikitext2-test")).hasSize(1_294_336);
    }

    @Test
    void aTextFileIsOneDocumentAsItIs() throws IOException {
        Files.writeString(grid.resolve("mine.txt"), "one\n\ntwo\r\n");
        assertThat(library.documents("mine.txt")).containsExactly("one\n\ntwo\r\n");
        assertThat(library.joined("mine.txt")).isEqualTo("one\n\ntwo\r\n");
    }

    @Test
    void jsonLinesAreDocumentsAndTheFieldCanBeChosen() throws IOException {
        Files.writeString(
                grid.resolve("a.jsonl"),
                "{\"text\": \"a\", \"output\": \"A\"}\n{\"text\": \"b\", \"output\": \"B\"}\n");
        assertThat(library.documents("a.jsonl")).containsExactly("a", "b");
        assertThat(library.documents("a.jsonl#output")).containsExactly("A", "B");
        assertThat(library.joined("a.jsonl")).isEqualTo("a\n\nb");
        assertThatThrownBy(() -> library.documents("a.jsonl#outputs"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a.jsonl line 1: there is no field 'outputs' (did you mean 'output'?)");
    }

    @Test
    void bundledNamesComeBeforeTheDataFolderBeforeTheGridsFolder() throws IOException {
        Files.writeString(data.resolve("a.txt"), "of the data folder");
        Files.writeString(grid.resolve("a.txt"), "of the grid");
        Files.writeString(grid.resolve("b.txt"), "of the grid");
        Files.writeString(data.resolve("tinystories"), "a file without an extension");
        assertThat(library.joined("a.txt")).isEqualTo("of the data folder");
        assertThat(library.joined("b.txt")).isEqualTo("of the grid");
        assertThat(library.joined(grid.resolve("a.txt").toString())).isEqualTo("of the grid");
        assertThat(library.documents("tinystories")).hasSize(700);
    }

    @Test
    void aFolderStandsForItsOnlyCorpusFile() throws IOException {
        Path c4 = Files.createDirectory(data.resolve("c4"));
        Files.writeString(c4.resolve("README.md"), "about");
        assertThatThrownBy(() -> library.documents("c4")).hasMessageContaining("but holds none");
        Files.writeString(c4.resolve("sample.jsonl"), "{\"text\": \"x\"}");
        assertThat(library.documents("c4")).containsExactly("x");
        Files.writeString(c4.resolve("more.txt"), "y");
        CorpusLibrary anew = new CorpusLibrary(Optional.of(data), grid);
        assertThatThrownBy(() -> anew.documents("c4"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("should hold one corpus file")
                .hasMessageContaining("but holds more.txt, sample.jsonl, name a file in it.");
    }

    @Test
    void anUnknownNameIsSaidWithTheNearestAndWhereFilesWereSought() {
        assertThatThrownBy(() -> library.documents("tinystorys"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "There is no corpus 'tinystorys' (did you mean 'tinystories'?): known are tinystories,")
                .hasMessageContaining("data folder " + data);
        assertThatThrownBy(() -> library.documents("no\0name")).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> new CorpusLibrary(Optional.empty(), grid).documents("x.txt"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no data folder is set, see --data and RANKGRID_DATA");
    }

    @Test
    void emptyAndUnreadableCorporaAreRefused() throws IOException {
        Files.writeString(grid.resolve("empty.txt"), " \n");
        Files.writeString(grid.resolve("empty.jsonl"), "");
        Files.writeString(grid.resolve("table.csv"), "a,b");
        Files.write(grid.resolve("latin.txt"), new byte[] {'a', '\n', (byte) 0xe9});
        assertThatThrownBy(() -> library.documents("empty.txt"))
                .hasMessage("The corpus 'empty.txt' holds no text, choose another.");
        assertThatThrownBy(() -> library.documents("empty.jsonl")).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> library.documents("table.csv"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("table.csv: a corpus is a file that ends in .txt, .raw or .jsonl");
        assertThatThrownBy(() -> library.documents("latin.txt")).hasMessageContaining("latin.txt line 2");
    }

    @Test
    void aFingerprintFollowsTheTextAndNotTheName() throws IOException {
        Files.writeString(grid.resolve("a.txt"), "same");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(grid.resolve("b.txt.gz")))) {
            out.write("same".getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(grid.resolve("c.txt"), "other");
        assertThat(library.fingerprint("a.txt"))
                .isEqualTo(library.fingerprint("b.txt.gz"))
                .hasSize(64);
        assertThat(library.fingerprint("c.txt")).isNotEqualTo(library.fingerprint("a.txt"));
        assertThat(Corpus.of("x", List.of("ab", "c"), "").fingerprint())
                .isNotEqualTo(Corpus.of("x", List.of("a", "bc"), "").fingerprint());
        Set<String> fingerprints = new HashSet<>();
        CorpusLibrary.bundled().forEach(name -> fingerprints.add(library.fingerprint(name)));
        assertThat(fingerprints).hasSize(6);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
