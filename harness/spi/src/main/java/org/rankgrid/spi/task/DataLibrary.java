package org.rankgrid.spi.task;

import java.util.List;

/** Texts and data sets by name. */
public interface DataLibrary {

    /**
     * A corpus as documents, in file order.
     *
     * @param name a name the project knows, or a path
     * @throws org.rankgrid.spi.InputException if there is no such corpus, or it is empty
     */
    List<String> documents(String name);

    /**
     * A corpus as one text, documents joined the way the corpus prescribes: what a stream of calibration tokens is made of.
     *
     * @param name a name the project knows, or a path
     * @throws org.rankgrid.spi.InputException if there is no such corpus, or it is empty
     */
    default String joined(String name) {
        return String.join("\n\n", documents(name));
    }

    /** A hash of the corpus's bytes: its identity. */
    String fingerprint(String name);

    /**
     * The rows of a data set.
     *
     * @throws org.rankgrid.spi.InputException if it is not there (what to pull, or where to put it), or damaged, with file
     *     and line
     */
    DataSet dataSet(DataSource source);
}
