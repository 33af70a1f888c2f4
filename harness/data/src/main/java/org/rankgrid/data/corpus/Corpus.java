package org.rankgrid.data.corpus;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.rankgrid.spi.Sha256;

/**
 * A text made of documents.
 *
 * @param name what the person called it
 * @param documents the documents, in file order
 * @param separator what stands between two documents where the corpus is read as one text
 * @param fingerprint SHA-256 in hex of documents and separator: the corpus's identity, whatever its name
 */
public record Corpus(String name, List<String> documents, String separator, String fingerprint) {

    /** Copies the list. */
    public Corpus {
        documents = List.copyOf(documents);
    }

    /** A corpus of some documents. */
    public static Corpus of(String name, List<String> documents, String separator) {
        return new Corpus(name, documents, separator, fingerprint(documents, separator));
    }

    /** The corpus as one text. */
    public String joined() {
        return String.join(separator, documents);
    }

    private static String fingerprint(List<String> documents, String separator) {
        MessageDigest digest = Sha256.digest();
        add(digest, separator);
        documents.forEach(document -> add(digest, document));
        return Sha256.of(digest);
    }

    /** Lengths keep two documents apart from one that holds both. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
