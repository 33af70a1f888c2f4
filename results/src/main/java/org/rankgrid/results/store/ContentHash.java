package org.rankgrid.results.store;

import org.rankgrid.spi.Sha256;

/** Names for files that are kept under their content. */
final class ContentHash {

    private ContentHash() {}

    /** The first 8 hex digits of the SHA-256 of some bytes. */
    static String shortOf(byte[] bytes) {
        return Sha256.of(bytes).substring(0, 8);
    }
}
