package org.rankgrid.engine.cache;

/** A stage whose results are kept. */
public enum Stage {
    /** Cache 1: moments and similarities of a model over a calibration text. */
    CALIBRATION("calibrations"),
    /** Cache 2: spectrum and basis of every layer of a model under a factorization. */
    DECOMPOSITION("decompositions"),
    /** Scores of plans on a validation text. */
    TRIAL("trials"),
    /** Derivatives of the loss on a calibration text. */
    GRADIENT("gradients");

    private final String folder;

    Stage(String folder) {
        this.folder = folder;
    }

    /** The folder of the cache that holds the stage's entries. */
    public String folder() {
        return folder;
    }
}
