package org.rankgrid.data.dataset;

import java.util.Map;
import java.util.Optional;

/**
 * Where the hub has a data set.
 *
 * @param repository {@code org/name}
 * @param configuration which part of the repository; empty if it holds one set only
 * @param files paths in the repository by split, where they do not follow the hub's rules for names
 */
record HubSource(String repository, Optional<String> configuration, Map<String, String> files) {

    HubSource {
        files = Map.copyOf(files);
    }

    /** Whether a task file that gives a configuration, or none, means this. */
    boolean means(Optional<String> name) {
        return name.equals(configuration)
                || (configuration.isEmpty() && name.filter("default"::equals).isPresent());
    }
}
