package org.rankgrid.spi.task;

import java.util.List;

/** Texts by name. */
public interface TextLibrary {

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
}
