package org.rankgrid.engine.grid;

import java.util.Optional;
import org.rankgrid.spi.allocate.Need;

/** Hashes and versions of what a grid only names; with them, equal cells have equal ids on any machine. */
public interface Fingerprints {

    /** A hash of a model's weights, configuration and tokenizer. */
    String model(String reference);

    /** A hash of a corpus's text. */
    String corpus(String name);

    /** Id, library and version of the decompositions that will be used. */
    String decompositions();

    /** The versions of the engine's own stages (calibration, decomposition, repair, truncation). */
    String stages();

    /** The version of what measures a need while an allocator runs; empty for one that the stages measure. */
    Optional<String> oracle(Need need);
}
