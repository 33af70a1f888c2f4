package org.rankgrid.data.dataset;

import java.util.List;
import java.util.OptionalInt;

/**
 * A data set that has a short name, for a listing.
 *
 * @param name the short name
 * @param about what it is, in one sentence
 * @param splits those that tasks score
 * @param state where it was found first
 * @param where its file, or words for people: that it is bundled, or what is wrong with it; empty if it is missing
 * @param licence of the data, or why it does not come with rankgrid
 */
public record KnownDataSet(String name, String about, List<Split> splits, State state, String where, String licence) {

    /** Copies the list. */
    public KnownDataSet {
        splits = List.copyOf(splits);
    }

    /**
     * A split.
     *
     * @param name its name
     * @param rows how many it has, if it comes with rankgrid
     */
    public record Split(String name, OptionalInt rows) {}

    /** Where a data set is. */
    public enum State {
        /** In the person's data folder, which comes before all other places. */
        DATA_FOLDER,
        /** It comes with rankgrid. */
        BUNDLED,
        /** In the hub's cache. */
        HUB_CACHE,
        /** Beside the grid. */
        BESIDE,
        /** Nowhere here. */
        MISSING
    }
}
