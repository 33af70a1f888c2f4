package org.rankgrid.data.dataset;

import org.rankgrid.data.text.TextSource;

/**
 * A split that lies in the jar.
 *
 * @param split its name
 * @param resource its file, gzipped JSON lines
 * @param sha256 of the unpacked bytes
 * @param rows how many it has
 */
record BundledSplit(String split, String resource, String sha256, int rows) {

    TextSource source() {
        return TextSource.resource(BundledSplit.class, resource);
    }
}
