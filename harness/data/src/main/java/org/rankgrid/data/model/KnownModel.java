package org.rankgrid.data.model;

/**
 * A model that has a short name.
 *
 * @param name the short name
 * @param about what it is, in one sentence
 * @param state whether it is here
 * @param next how to get it, or where it lies
 */
public record KnownModel(String name, String about, State state, String next) {

    /** Whether a model is here. */
    public enum State {
        /** It comes with rankgrid. */
        BUNDLED,
        /** It was fetched into the cache. */
        PULLED,
        /** It has to be fetched first. */
        NOT_PULLED
    }
}
