package org.rankgrid.spi.task;

import java.nio.file.Path;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rankgrid.spi.Plugin;

/** Reads the rows of data files in one format, such as Parquet. JSON needs no plugin. */
public interface TableReader extends Plugin {

    /** Endings of the names of files it reads, in lower case and without the dot. */
    Set<String> extensions();

    /**
     * Hands every row of a file to a receiver, in file order.
     *
     * @param file is there
     * @param rows gets values by column, of the kinds that {@link DataRow} may hold
     * @throws org.rankgrid.spi.InputException if the file is damaged or holds what a row cannot
     */
    void read(Path file, Consumer<SequencedMap<String, @Nullable Object>> rows);
}
