package org.rankgrid.spi.task;

import java.util.List;

/**
 * The rows of one split, in file order.
 *
 * @param fingerprint a hash of the bytes they were read from
 * @param rows at least one
 */
public record DataSet(String fingerprint, List<DataRow> rows) {

    /** Copies the list. */
    public DataSet {
        rows = List.copyOf(rows);
    }
}
