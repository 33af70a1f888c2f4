package org.rankgrid.tasks.perplexity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rankgrid.spi.task.DataLibrary;
import org.rankgrid.spi.task.DataRow;
import org.rankgrid.spi.task.DataSet;
import org.rankgrid.spi.task.DataSource;

/**
 * One data set made up for a test.
 *
 * @param file where its rows are said to stand, a line each
 * @param rows values by name
 */
record FixedRows(String file, List<Map<String, Object>> rows) implements DataLibrary {

    @Override
    public List<String> documents(String name) {
        throw new AssertionError("no corpus " + name);
    }

    @Override
    public String fingerprint(String name) {
        throw new AssertionError("no corpus " + name);
    }

    @Override
    public DataSet dataSet(DataSource source) {
        List<DataRow> made = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            made.add(new DataRow(file + " line " + (made.size() + 1), new LinkedHashMap<>(row)));
        }
        return new DataSet("f00d", made);
    }
}
