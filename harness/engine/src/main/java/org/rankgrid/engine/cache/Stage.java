package org.rankgrid.engine.cache;

/** A stage whose results are kept. */
public enum Stage {
    /** Cache 1: moments and similarities of a model over a calibration text. */
    CALIBRATION("calibrations"),
    /** Cache 2: spectrum and basis of every layer of a model under a factorization. */
    DECOMPOSITION("decompositions");

    private final String folder;

    Stage(String folder) {
        this.folder = folder;
    }

    /** The folder of the cache that holds the stage's entries. */
    public String folder() {
        return folder;
    }
}
