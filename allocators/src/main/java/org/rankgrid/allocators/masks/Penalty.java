package org.rankgrid.allocators.masks;

import java.util.SequencedMap;

/** What is added to the loss of the model: a function of the expected ranks alone. */
@FunctionalInterface
public interface Penalty {

    /** The penalty at some expected ranks, one a layer. */
    Terms at(double[] ranks);

    /**
     * A penalty and what to record of it.
     *
     * @param gradient derivative with respect to each rank
     * @param curve values for the training curve, by name, always the same names
     */
    record Terms(double[] gradient, SequencedMap<String, Double> curve) {}
}
