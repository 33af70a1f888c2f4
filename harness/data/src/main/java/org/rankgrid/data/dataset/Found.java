package org.rankgrid.data.dataset;

import java.nio.file.Path;
import java.util.List;

/** Where the rows of a split are. */
sealed interface Found {

    /** Whether they are those of the whole set, although a part may have been asked for. */
    boolean whole();

    /**
     * In files.
     *
     * @param state what kind of place that is
     * @param files in the order of their rows
     * @param whole whether they hold all parts of the set
     */
    record InFiles(KnownDataSet.State state, List<Path> files, boolean whole) implements Found {

        /** Copies the list. */
        public InFiles {
            files = List.copyOf(files);
        }
    }

    /** In the jar. */
    record InJar(BundledSplit split) implements Found {

        @Override
        public boolean whole() {
            return true;
        }
    }
}
