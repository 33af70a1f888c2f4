package org.rankgrid.tasks.perplexity;

import java.util.List;
import java.util.Map;
import org.rankgrid.spi.task.DataLibrary;
import org.rankgrid.spi.task.DataSet;
import org.rankgrid.spi.task.DataSource;

/** Corpora made up for a test; the fingerprint is the text itself. */
record FixedTexts(Map<String, List<String>> corpora) implements DataLibrary {

    @Override
    public List<String> documents(String name) {
        List<String> documents = corpora.get(name);
        if (documents == null) {
            throw new AssertionError("no corpus " + name);
        }
        return documents;
    }

    @Override
    public DataSet dataSet(DataSource source) {
        throw new AssertionError("no data set " + source);
    }

    @Override
    public String fingerprint(String name) {
        return documents(name).toString();
    }
}
