package org.rankgrid.spi.task;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * One split of a data set, as a task file of lm-evaluation-harness names it.
 *
 * @param path {@code dataset_path}: a hub id, a name of a set in the data folder, or {@code json} and {@code parquet} for files
 * @param name {@code dataset_name}: the set's configuration
 * @param split {@code test}, {@code validation}, ...
 * @param files {@code data_files} by split, absolute paths; empty unless the set is given as files
 */
public record DataSource(String path, Optional<String> name, String split, SequencedMap<String, String> files) {

    /** Copies the files, keeping their order. */
    public DataSource {
        files = new LinkedHashMap<>(files);
    }
}
